import { signedIn } from '#lib/server/actor.ts';
import { fileAnswer } from '#lib/server/file-answer.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import { orError } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params: { cohort, assignment, person } }) => {
  const actor = signedIn(locals);
  const at = { cohortId: cohort, assignmentId: assignment, personId: person };
  const { db } = locals.app;
  return orError(fileAnswer(actor.userId, () => feedback.fileOf(db, actor, at)));
};

/** The framework would read the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
