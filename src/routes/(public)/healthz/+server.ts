import { json } from '@sveltejs/kit';
import { version } from '$app/environment';
import * as health from '#lib/server/health/service.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const isUp = await health.answers(locals.app.db);
  return isUp
    ? json({ status: 'ok', version, schema: locals.app.schema })
    : json({ status: 'unavailable', version, schema: locals.app.schema }, { status: 503 });
};
