import { sql, type Kysely } from 'kysely';

/**
 * The aspects that a pulse round asks; a round without rows asks its whole list. They are chosen while the round is planned
 * and never change once it has opened.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table round_aspect (
      round_id text not null references round (id) on delete cascade,
      aspect_id integer not null references aspect (id),
      primary key (round_id, aspect_id)
    ) strict, without rowid`.execute(db);
  // SQLite asks it when a list goes.
  await sql`create index round_aspect_aspect on round_aspect (aspect_id)`.execute(db);
}
