import { signedIn } from '#lib/server/actor.ts';
import { ownDataFile } from '#lib/server/own-data-file.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
  const { app, locale } = locals;
  return ownDataFile(params.file, locale, () => personalData.own(app.db, signedIn(locals), locale));
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
