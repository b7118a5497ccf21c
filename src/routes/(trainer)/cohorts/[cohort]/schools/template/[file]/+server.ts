import { error } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { orError } from '#lib/server/http.ts';
import { templateFile, templateName } from '#lib/server/participants/import-service.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { errorText } from '#lib/text/errors.ts';
import type { RequestHandler } from './$types';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export const GET: RequestHandler = async ({ locals, params }) => {
  await orError(cohorts.get(locals.app.db, signedIn(locals), params.cohort));
  const name = templateName(params.file);
  if (!name) error(404, { message: errorText('not_found'), code: 'not_found' });
  const end = name.endsWith('.csv') ? 'csv' : 'xlsx';
  return new Response(await templateFile(name, getLocale()), {
    headers: {
      'content-type': TYPES[end],
      'content-disposition': `attachment; filename="${m.import_template_name()}.${end}"`,
    },
  });
};
