import { sql, type Kysely } from 'kysely';

/** Who is responsible for the data and whom to ask about it, as the privacy page says; one row, null where it is not known. */
const table = `create table privacy_contact (
  id integer primary key not null check (id = 1), controller text, controller_email text, officer text, officer_email text
) strict`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
}
