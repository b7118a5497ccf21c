import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { toChoice } from '#lib/components/trainer/aspect-choice.ts';
import { LIMITS } from '#lib/programme/schema.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import { choiceFaults, readPulseForm } from '#lib/server/pulse-form.ts';
import { withDone } from '#lib/text/done.ts';
import { fieldErrors } from '#lib/text/fields.ts';
import type { Actions, PageServerLoad } from './$types';

/** In the place of an id: an ambition that is added. */
const NEW = 'new';

const idOf = (param: string): string | null => (param === NEW ? null : param);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const { ambition, ...own } = await orError(
    ambitions.open(db, signedIn(locals), params.cohort, idOf(params.ambition)),
  );
  const listId =
    ambition === null
      ? ((await newCohorts.usualListOf(db, own.cohort.id)) ?? (await ambitions.newestOf(db, newCohorts.USUAL_LIST)).id)
      : (await orError(ambitions.newestOf(db, ambition.listKey))).id;
  const { instrument } = await orError(instruments.load(db, listId));
  return {
    cohort: { id: own.cohort.id, name: own.cohort.name },
    ambition: ambition && { id: ambition.id, title: ambition.title, aspects: ambition.aspects },
    // What stands there, for whoever adds one while somebody else does.
    titles: ambition === null ? own.ambitions.map(({ title }) => title) : [],
    ...{ stamp: own.stamp, listKey: instrument.key, listTitle: instrument.title[locals.locale] },
    list: toChoice(instrument, locals.locale),
  };
};

const input = z.object({
  title: z.string().trim().min(1).max(LIMITS.title),
  listKey: z.string().max(LIMITS.key).default(''),
  stamp: z.string().max(40).default(''),
});

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const { aspects, values } = await readPulseForm(request, input.keyof().options);
    const parsed = input.safeParse(values);
    const errors = { ...(parsed.error ? fieldErrors(parsed.error) : {}), ...choiceFaults(aspects) };
    if (!parsed.success || Object.keys(errors).length > 0) return fail(400, { aspects, values, errors });
    const { title, listKey, stamp } = parsed.data;
    const seen = { stamp, id: idOf(params.ambition) };
    const text = { title, listKey, aspects };
    const refused = await orFail(ambitions.save(locals.app.db, signedIn(locals), params.cohort, seen, text), values);
    if (refused) return fail(refused.status, { ...refused.data, aspects });
    redirect(303, withDone(`/cohorts/${params.cohort}/ambitions`));
  },
  remove: async ({ locals, params, request }) => {
    const { aspects, values } = await readPulseForm(request, ['stamp']);
    const seen = { stamp: values['stamp'] ?? '', id: params.ambition };
    const refused = await orFail(ambitions.remove(locals.app.db, signedIn(locals), params.cohort, seen), values);
    if (refused) return fail(refused.status, { ...refused.data, aspects });
    redirect(303, withDone(`/cohorts/${params.cohort}/ambitions`, 'removed'));
  },
};
