import { json } from '@sveltejs/kit';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import { pulse } from '#lib/server/rounds/follow-service.ts';
import type { RequestHandler } from './$types';

/** Whether anything has changed: asked by the open page of a round from time to time, which then loads itself again. */
export const GET: RequestHandler = async ({ locals, params }) =>
  json(await orError(pulse(locals.app.db, signedIn(locals), params.round)));
