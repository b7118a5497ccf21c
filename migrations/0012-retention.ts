import { sql, type Kysely } from 'kysely';

/**
 * How long names, addresses and remarks stay (rules.md, Shown and withheld; docs/privacy/processing-register.md).
 *
 * `retention` is what an administrator chose, for a programme or for a cohort that has none; without a row the usual term
 * holds. Days are those of the schools (yyyy-mm-dd). `retention_cohort` is how far each cohort is: announced on a day, for
 * the day that was due then, and cleared.
 */
const steps = [
  `create table retention (
    id text primary key not null, programme_id text unique references programme (id) on delete cascade,
    cohort_id text unique references cohort (id) on delete cascade, ends_on text,
    months integer not null check (months between 1 and 60), postponed_until text,
    check ((programme_id is not null) + (cohort_id is not null) = 1), check (id = coalesce(programme_id, cohort_id))
  ) strict`,
  `create table retention_cohort (
    cohort_id text primary key not null references cohort (id) on delete cascade,
    announced_on text, announced_for text, cleared_on text,
    check ((announced_on is null) = (announced_for is null))
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
