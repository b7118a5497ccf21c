import { orError } from '#lib/server/http.ts';
import { ownDataFile } from '#lib/server/own-data-file.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { openForm } from '#lib/server/rater.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, locale } = event.locals;
  const form = await orError(openForm(event));
  return ownDataFile(event.params.file, locale, () => personalData.ofForm(app.db, form, locale));
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
