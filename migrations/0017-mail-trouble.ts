import { sql, type Kysely } from 'kysely';

/**
 * Why the mail server takes no mail just now, as the process that sends last found it; one row, none when mail goes out.
 * `again_at` is when it is tried again: the row of a process that ended is known by a moment that is long past.
 */
const table = `create table mail_trouble (
  id integer primary key not null check (id = 1),
  code text not null check (code in (
    'unreachable', 'certificate_refused', 'encryption_failed', 'sign_in_refused', 'sender_refused'
  )),
  reply integer, since text not null, again_at text not null
) strict`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
}
