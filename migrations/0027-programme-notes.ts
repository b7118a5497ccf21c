import { sql, type Kysely } from 'kysely';

/**
 * What a steering group decided or remarked about its programme, with its day. `version` tells whoever has a note open that
 * it was changed. Where the account goes that wrote it, the note stays without a name: it is the group's.
 */
const steps = [
  `create table programme_note (
    id text primary key not null, programme_id text not null references programme (id) on delete cascade,
    author_user_id text references user (id) on delete set null,
    kind text not null check (kind in ('decision', 'comment')), text text not null,
    version integer not null, created_at text not null, changed_at text not null
  ) strict`,
  `create index programme_note_programme on programme_note (programme_id)`,
  `create index programme_note_author on programme_note (author_user_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
