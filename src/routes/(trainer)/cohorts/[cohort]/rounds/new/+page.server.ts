import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { DATE_FIELDS, readDates } from '#lib/server/date-form.ts';
import { dayOf } from '#lib/server/days.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as listed from '#lib/server/instruments/lists-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { m } from '#lib/paraglide/messages.js';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({ name: z.string().trim().min(1).max(60), instrumentVersionId: z.string().max(100) });

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const actor = signedIn(locals);
  const cohort = await orError(cohorts.get(db, actor, params.cohort));
  const all = await rounds.list(db, cohort.id);
  const lists = (await instruments.list(db)).filter((version) => version.status === 'published');
  // The list of the round before is the usual choice, so that rounds can be compared; else that of the programme.
  const last = all.findLast(({ isPulse }) => !isPulse);
  const before = lists.find((version) => version.id === last?.instrumentVersionId);
  return {
    cohort,
    lists: await orError(listed.comparedWithUsed(db, actor, lists, last?.instrumentVersionId)),
    last: last?.name ?? null,
    nextName: rounds.nextName(all, plans.skippedRounds(await plans.planOfCohort(db, cohort.id))),
    usual: before?.id ?? (await newCohorts.usualListOf(db, cohort.id)) ?? lists.at(-1)?.id,
    mayPulse: rounds.lastWhole(all) !== undefined,
    today: dayOf(new Date()),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const values = await formValues(request, [...input.keyof().options, ...DATE_FIELDS]);
    const parsed = input.safeParse(values);
    const read = readDates(values, rounds.BY_HAND, new Date());
    if (!parsed.success || 'errors' in read) {
      const errors = { ...(parsed.error ? fieldErrors(parsed.error) : {}), ...('errors' in read ? read.errors : {}) };
      if (errors['instrumentVersionId']) errors['instrumentVersionId'] = m.choose_one();
      return fail(400, { values, errors });
    }
    const planned = { ...parsed.data, ...read.dates };
    const id = await orFail(rounds.plan(locals.app.db, signedIn(locals), params.cohort, planned), values);
    if (typeof id !== 'string') return id;
    redirect(303, withDone(`/rounds/${id}`));
  },
};
