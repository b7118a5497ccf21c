import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { toChoice } from '#lib/components/trainer/aspect-choice.ts';
import { signedIn } from '#lib/server/actor.ts';
import { DATE_FIELDS, readDates } from '#lib/server/date-form.ts';
import { dayOf } from '#lib/server/days.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { choiceFaults, readPulseForm } from '#lib/server/pulse-form.ts';
import { m } from '#lib/paraglide/messages.js';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

const input = z.object({ name: z.string().trim().min(1).max(60) });

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { cohort, instrumentVersionId, list, from, open, nextName, proposed } = await orError(
    pulse.planOf(locals.app.db, signedIn(locals), params.cohort, url.searchParams.get('session')),
  );
  return {
    cohort,
    nextName,
    open,
    from: { round: from.name, title: list.title[locals.locale] },
    instrumentVersionId,
    list: toChoice(list, locals.locale),
    proposed,
    today: dayOf(new Date()),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { db } = locals.app;
    const actor = signedIn(locals);
    const { aspects, values } = await readPulseForm(request, ['list', ...input.keyof().options, ...DATE_FIELDS]);
    const parsed = input.safeParse(values);
    const read = readDates(values, rounds.BY_HAND, new Date());
    const errors: Record<string, string> = {
      ...(parsed.error ? fieldErrors(parsed.error) : {}),
      ...('errors' in read ? read.errors : {}),
      ...choiceFaults(aspects),
      ...(rounds.isWholeName(values['name'] ?? '') ? { name: m.pulse_name_whole() } : {}),
    };
    if (!parsed.success || 'errors' in read || Object.keys(errors).length > 0) {
      return fail(400, { values, aspects, errors });
    }
    const planned = { ...parsed.data, ...read.dates, instrumentVersionId: values['list'] ?? '', aspects };
    const id = await orFail(rounds.plan(db, actor, params.cohort, planned), values);
    if (typeof id !== 'string') return fail(id.status, { ...id.data, aspects });
    redirect(303, withDone(`/rounds/${id}`));
  },
};
