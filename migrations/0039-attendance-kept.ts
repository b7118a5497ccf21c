import { sql, type Kysely } from 'kysely';

/**
 * What attendance came to in a programme year of a cohort, once its term is over and who was where is gone: how many people were
 * filled in and how often; how often they were there, and their hours together, where they were five or more.
 */
const steps = [
  `create table attendance_kept (
    cohort_id text not null references cohort (id) on delete cascade, year integer not null check (year >= 1),
    people integer not null check (people > 0), filled_in integer not null check (filled_in >= people),
    present integer check (present between 0 and filled_in), hours real check (hours >= 0),
    check ((present is null) = (hours is null)), primary key (cohort_id, year)
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
