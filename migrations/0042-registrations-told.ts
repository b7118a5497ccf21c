import { sql, type Kysely } from 'kysely';

/**
 * On which day (yyyy-mm-dd) the trainers of a cohort were mailed that a school had registered; null: not yet. Whoever was
 * there before counts as told on the day of registering: it stands on the page, and nobody is mailed about old ones.
 */
const steps = [
  `alter table registration_entry add column trainers_told_on text`,
  `update registration_entry set trainers_told_on = substr(arrived_at, 1, 10)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
