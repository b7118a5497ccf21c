import { sql, type Kysely } from 'kysely';

/**
 * All invitations of a school's round, withdrawn ones too: the log narrowed to a cohort asks for them, and so does SQLite
 * when a school's round goes. The unique indexes of 0001 hold the standing ones only, and both read the whole table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index invitation_by_school_round on invitation (school_round_id)`.execute(db);
}
