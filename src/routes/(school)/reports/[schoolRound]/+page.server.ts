import { error } from '@sveltejs/kit';
import * as reports from '#lib/server/reports/service.ts';
import { orError } from '#lib/server/http.ts';
import { errorText } from '#lib/text/errors.ts';
import type { PageServerLoad } from './$types';
import { toPage } from './to-page.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
  if (locals.actor === null) error(404, { message: errorText('not_found'), code: 'not_found' });
  const report = await orError(reports.get(locals.app.readDb, locals.actor, params.schoolRound));
  return { report: toPage(report, locals.locale) };
};
