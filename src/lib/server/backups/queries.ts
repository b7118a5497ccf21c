import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

/** Writes a consistent, compact copy of the whole database into `file`, which must be empty or not there. */
export async function copyInto(db: Db, file: string): Promise<void> {
  await sql`vacuum into ${file}`.execute(db);
}

export async function compact(db: Db): Promise<void> {
  await sql`vacuum`.execute(db);
  await emptyLog(db);
}

/** Empties the write-ahead log into its file; where another process reads just then, nothing happens. */
export async function emptyLog(db: Db): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

/** What SQLite says about the file's own structure; [] when all is well. */
export async function integrityFaults(db: Db): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(db);
  return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
}

/** Rows that point to a row that is not there, by table. */
export async function danglingRows(db: Db): Promise<{ table: string; count: number }[]> {
  const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(db);
  return [...Map.groupBy(rows, (row) => row.table)].map(([table, found]) => ({ table, count: found.length }));
}

/** The names of the migrations that the database has had, in order; [] for a file that is no database of ours. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const { rows: tables } = await sql`select 1 from sqlite_schema where name = 'kysely_migration'`.execute(db);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Closed school rounds without a snapshot, by name. */
export function roundsWithoutSnapshot(db: Db): Promise<{ cohort: string; school: string; round: string }[]> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .leftJoin('snapshot', 'snapshot.school_round_id', 'school_round.id')
    .leftJoin('round_snapshot', 'round_snapshot.round_id', 'round.id')
    .select(['cohort.name as cohort', 'school.name as school', 'round.name as round'])
    .where('round.status', '=', 'closed')
    .where((eb) => eb.or([eb('snapshot.document', 'is', null), eb('round_snapshot.document', 'is', null)]))
    .execute();
}

/** Ends every session and takes back every link that signs somebody in. */
export async function endSessions(db: Db): Promise<void> {
  await db.deleteFrom('session').execute();
  await db.deleteFrom('verification').execute();
  await db.deleteFrom('rater_session').execute();
  await db.deleteFrom('setup_link').execute();
}
