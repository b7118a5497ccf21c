import { sql, type Kysely } from 'kysely';

/**
 * A participant's personal action plan in a cohort: what they want to reach, first small steps, who helps and by what they
 * will notice. It is its writer's own: `shared_at` null means that nobody else reads it. `version` tells another window of
 * the writer that it was changed.
 */
const steps = [
  `create table action_plan (
    id text primary key not null,
    cohort_id text not null references cohort (id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    goal text not null, help text not null, signs text not null, shared_at text,
    version integer not null, created_at text not null, changed_at text not null, unique (cohort_id, person_id)
  ) strict`,
  `create index action_plan_person on action_plan (person_id)`,
  `create table action_step (
    id text primary key not null, plan_id text not null references action_plan (id) on delete cascade,
    position integer not null, text text not null, on_day text, done_at text, unique (plan_id, position)
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
