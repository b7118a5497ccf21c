import { signedIn } from '#lib/server/actor.ts';
import * as charts from '#lib/server/cohort-files/chart-service.ts';
import * as cohortFiles from '#lib/server/cohort-files/service.ts';
import { orError } from '#lib/server/http.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import { streamOf } from '#lib/server/stream-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url, request }) => {
  const actor = signedIn(locals);
  const { app, locale } = locals;
  if (charts.isChart(params.file)) {
    const asked = { file: params.file, locale, signal: request.signal };
    const made = await orError(
      atPace('file', actor.userId, () => charts.chartFile(app.db, app.readDb, actor, params.round, asked)),
    );
    return new Response(made.bytes, { headers: headersOf(made) });
  }
  const asked = { file: params.file, extent: cohortFiles.extentOf(url.searchParams.get('of')), locale };
  const made = await orError(
    atPace('file', actor.userId, () =>
      cohortFiles.file(app.db, app.readDb, actor, params.round, asked, app.config.databaseFile),
    ),
  );
  return new Response(streamOf(made.pieces), { headers: headersOf(made) });
};

/** The name is plain letters, digits and dashes (downloads/names.ts). */
function headersOf({ name, type }: { name: string; type: string }): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
}

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
