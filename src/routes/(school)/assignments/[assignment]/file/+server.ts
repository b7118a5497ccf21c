import { signedIn } from '#lib/server/actor.ts';
import { fileAnswer } from '#lib/server/file-answer.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { orError } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const actor = signedIn(locals);
  const { db } = locals.app;
  return orError(fileAnswer(actor.userId, () => handIns.ownFile(db, actor, params.assignment, new Date())));
};

/** The framework would read the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
