import { toChoice, onlyChosen } from '#lib/components/trainer/aspect-choice.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { db } = locals.app;
  const own = await orError(ambitions.ofCohort(db, signedIn(locals), params.cohort));
  const { id, name, programmeId, programmeName, partnershipName } = own.cohort;
  return {
    cohort: { id, name, programmeName, partnershipName, hasProgramme: programmeId !== null },
    ambitions: await Promise.all(
      own.ambitions.map(async (ambition) => {
        const { instrument } = await instruments.load(db, (await ambitions.newestOf(db, ambition.listKey)).id);
        return {
          ...{ id: ambition.id, title: ambition.title, count: ambition.aspects.length },
          list: instrument.title[locals.locale],
          competencies: onlyChosen(toChoice(instrument, locals.locale), ambition.aspects),
        };
      }),
    ),
  };
};
