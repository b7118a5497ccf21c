import { signedIn } from '#lib/server/actor.ts';
import * as cohortFiles from '#lib/server/cohort-files/service.ts';
import { orError } from '#lib/server/http.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import { streamOf } from '#lib/server/stream-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
  const actor = signedIn(locals);
  const { app, locale } = locals;
  const asked = { file: params.file, extent: cohortFiles.extentOf(url.searchParams.get('of')), locale };
  const { name, type, pieces } = await orError(
    atPace('file', actor.userId, () => cohortFiles.file(app.db, app.readDb, actor, params.round, asked)),
  );
  // The name is plain letters, digits and dashes (downloads/names.ts).
  return new Response(streamOf(pieces), {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
