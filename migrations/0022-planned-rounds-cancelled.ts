import { sql, type Kysely } from 'kysely';

/** A round that a cohort skips stays in its plan, so that it can be put back (0021 had that for sessions and assignments only). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table planned_round add column cancelled_at text`.execute(db);
}
