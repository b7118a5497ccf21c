import { sql, type Kysely } from 'kysely';

/** What else the privacy page has to tell of those who are responsible (GDPR art. 13, 14 and 26); null where it is not known. */
const columns = [
  `arrangement text`,
  `basis text check (basis in ('legitimate_interest', 'public_task'))`,
  `basis_reason text`,
  `server text`,
  `mail text`,
  `trainers text`,
  `consented_on text`,
  // The day on which any of it was last changed.
  `changed_on text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of columns) await sql.raw(`alter table privacy_contact add column ${column}`).execute(db);
}
