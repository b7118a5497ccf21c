import { sql, type Kysely } from 'kysely';

/** The few mails that failed are counted and listed at every look at the page of mail, among all that were ever sent. */
const steps = [`create index mail_failed on mail (created_at, id) where status = 'failed'`];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
