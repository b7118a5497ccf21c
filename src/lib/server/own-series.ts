import { error } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError } from '#lib/server/http.ts';
import { errorText } from '#lib/text/errors.ts';

/** The series of this very cohort of the trainer who is signed in; anything else is not there. */
export async function ownSeries(locals: App.Locals, params: { cohort: string; series: string }) {
  const actor = signedIn(locals);
  const { db } = locals.app;
  const cohort = await orError(cohorts.get(db, actor, params.cohort));
  const series = await orError(cohorts.getSeries(db, actor, params.series));
  if (series.cohortId !== cohort.id) error(404, { message: errorText('not_found'), code: 'not_found' });
  return { actor, cohort, series };
}
