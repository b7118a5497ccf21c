import { fail, redirect } from '@sveltejs/kit';
import { byYear } from '#lib/programme/by-year.ts';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as moves from '#lib/server/programmes/move-service.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whole weeks other than none, later or earlier; null for what is typed wrong. */
function weeksOf(typed: string | null | undefined): number | null {
  const weeks = Number((typed ?? '').trim().replace('−', '-') || '0');
  return Number.isInteger(weeks) && weeks !== 0 && Math.abs(weeks) <= moves.MOST_WEEKS ? weeks : null;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const typed = url.searchParams.get('weeks');
  const weeks = weeksOf(typed);
  const preview = moves.preview(locals.app.db, signedIn(locals), params.cohort, weeks ?? 0, new Date());
  const { plan, moved, dated, stamp, isPast } = await orError(preview);
  const before = new Map([
    ...plan.sessions.map(({ id, startsAt }) => [id, startsAt] as const),
    ...plan.assignments.map(({ id, dueOn }) => [id, dueOn] as const),
    ...plan.rounds.map(({ name, onDay }) => [name, onDay] as const),
  ]);
  return {
    cohort: { id: plan.cohortId, name: plan.cohortName },
    ...{ weeks, typed, stamp, isPast, most: moves.MOST_WEEKS },
    fault: typed !== null && weeks === null ? m.course_fault_weeks({ max: moves.MOST_WEEKS }) : null,
    moved: byYear(moved),
    dated: dated.map(({ id, name, opensOn, closesOn, later }) => ({ id, name, opensOn, closesOn, later })),
    before: Object.fromEntries(before),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, ['weeks', 'stamp']);
    const weeks = weeksOf(values.weeks);
    if (weeks === null)
      return fail(400, { values, errors: { weeks: m.course_fault_weeks({ max: moves.MOST_WEEKS }) } });
    const seen = { weeks, stamp: versionOf.parse(values.stamp) };
    const work = moves.move(locals.app.db, signedIn(locals), params.cohort, seen, new Date());
    const refused = await orFail(work, values);
    if (refused) return refused;
    redirect(303, withDone(`/cohorts/${params.cohort}/plan`, 'plan_moved'));
  },
};
