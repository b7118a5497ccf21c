import { sql, type Kysely } from 'kysely';

/**
 * Secret addresses at which a calendar reads a cohort's sessions: one for the cohort (`person_id` null), and one for each
 * participant who wants one. Only the hash is kept; making a new one takes the place of the old.
 */
const steps = [
  `create table calendar_link (
    id text primary key not null, cohort_id text not null references cohort (id) on delete cascade,
    person_id text references person (id) on delete cascade, token_hash text not null unique, created_at text not null
  ) strict`,
  `create unique index calendar_link_cohort on calendar_link (cohort_id) where person_id is null`,
  `create unique index calendar_link_person on calendar_link (cohort_id, person_id) where person_id is not null`,
  `create index calendar_link_of_person on calendar_link (person_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
