import type { Actor } from '#lib/permissions.ts';
import { planOf } from '#lib/programme/plan.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as ambitions from './ambitions-service.ts';
import * as plans from './plan-service.ts';
import * as templates from './templates-service.ts';

/** A cohort as somebody makes it; `start` null: without a template, so without a plan. */
export type NewCohort = Parameters<typeof cohorts.create>[2] & {
  start: { templateId: string; startsOn: string; locale: 'nl' | 'en' } | null;
};

/**
 * Makes a cohort with the plan of a template, all or nothing. The first round of the plan is planned at once, so that schools
 * can be added to it; it opens by hand. Later rounds are planned when they come near, for only then it is known which version
 * of the list they ask and which pulses came in between. Where its programme gets ambitions by it, what earlier rounds say of them
 * is summed after that, when saving waits no more.
 * @returns its id
 * @throws DomainError forbidden, cohort_name_taken, programme_of_others, not_found (no such template), template_not_published
 */
export async function makeCohort(db: Db, actor: Actor, { start, ...cohort }: NewCohort): Promise<string> {
  const { id, adoptedBy } = await inTransaction(db, async (trx) => {
    const made = { id: await cohorts.create(trx, actor, cohort), adoptedBy: null };
    if (start === null || actor.kind !== 'user') return made;
    const { template } = await templates.assertPublished(trx, start.templateId);
    // The actor was read before there was this cohort.
    const trainer = { ...actor, cohortIds: [...actor.cohortIds, made.id] };
    await plans.store(trx, trainer, made.id, start, planOf(template, start.startsOn, start.locale));
    const { programmeId } = await cohorts.get(trx, trainer, made.id);
    const adopts = programmeId !== null && (await ambitions.adopt(trx, programmeId, template, start.locale));
    const [first] = template.rounds;
    const instrumentVersionId = await usualList(trx, [...template.lists, USUAL_LIST]);
    if (first && instrumentVersionId !== null) {
      await rounds.plan(trx, trainer, made.id, { name: first.name, instrumentVersionId });
    }
    return { ...made, adoptedBy: adopts ? programmeId : null };
  });
  if (adoptedBy !== null) await ambitions.sumAdopted(db, adoptedBy);
  return id;
}

/** The list that the product was made for (product.md); what a cohort without a template asks. */
export const USUAL_LIST = 'ib-180';

/**
 * The list that a cohort's rounds ask unless its trainer chooses another: that of its template, else the usual one, in the
 * newest published version; null when there is none.
 */
export async function usualListOf(db: Db, cohortId: string): Promise<string | null> {
  const { templateId } = await plans.planOfCohort(db, cohortId);
  const lists = templateId === null ? [] : (await templates.load(db, templateId)).template.lists;
  return usualList(db, [...lists, USUAL_LIST]);
}

/** Whether that list asks teachers; where there is none it may. */
export async function asksTeachers(db: Db, cohortId: string): Promise<boolean> {
  const list = await usualListOf(db, cohortId);
  return list === null || (await rolesAsked(db, { instrumentVersionId: list })).has('teacher');
}

/** The newest published version of the first of these lists that has one; null when none has. */
async function usualList(db: Db, keys: readonly string[]): Promise<string | null> {
  const published = (await instruments.list(db)).filter(({ status }) => status === 'published');
  for (const key of keys) {
    const newest = published.findLast((version) => version.key === key);
    if (newest) return newest.id;
  }
  return null;
}
