import { sql, type Kysely } from 'kysely';

/**
 * Which assignment of a cohort is the personal action plan, so that the plan's page can say its day. Plans that were made
 * from the two templates that end in one have it under the title that those gave it.
 */
const steps = [
  `alter table assignment add column kind text check (kind in ('action_plan'))`,
  `update assignment set kind = 'action_plan'
   where title in ('Persoonlijk actieplan', 'Personal action plan') and cohort_id in (
     select cohort.id from cohort join programme_template on programme_template.id = cohort.template_id
     where programme_template.key in ('samenwerken-onder-spanning', 'samenwerken-met-ouders'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
