import { signedIn } from '#lib/server/actor.ts';
import { certificateAnswer } from '#lib/server/certificate-answer.ts';
import * as certificates from '#lib/server/downloads/certificate-service.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request: { signal } }) => {
  const actor = signedIn(locals);
  const { app, locale } = locals;
  const making = { locale, now: new Date(), signal };
  return certificateAnswer(actor.userId, signal, () => certificates.own(app.db, actor, params.cohort, making));
};

/** The framework would make the whole file and throw it away. */
export const HEAD: RequestHandler = () => new Response(null, { status: 405, headers: { allow: 'GET' } });
