import { KEPT_FOR_BACK } from '#lib/server/caching.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import { orError } from '#lib/server/http.ts';
import { hashToken } from '#lib/server/ids.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import { orCountUnknown } from '#lib/server/way.ts';
import type { RequestHandler } from './$types';

/** A cohort's sessions for a calendar program, which comes by itself: a tag saves it from reading what has not changed. */
export const GET: RequestHandler = async (event) => {
  const { params, request, locals } = event;
  const { readDb, config } = locals.app;
  const work = atPace('calendar', hashToken(params.token), () => calendar.read(readDb, config.publicUrl, params.token));
  const { ics, etag } = await orError(orCountUnknown(event, work));
  const headers = { etag, 'cache-control': KEPT_FOR_BACK };
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim());
  if (known?.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(ics, { headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' } });
};
