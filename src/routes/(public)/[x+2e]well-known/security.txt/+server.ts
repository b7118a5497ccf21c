import * as privacy from '#lib/server/privacy/service.ts';
import type { RequestHandler } from './$types';

/** Whom to tell of a weak spot (RFC 9116); not there as long as nobody filled in who that is. */
export const GET: RequestHandler = async ({ locals }) => {
  const { readDb, config } = locals.app;
  const text = await privacy.securityTxt(readDb, config.publicUrl, new Date());
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return text === null ? new Response(null, { status: 404, headers }) : new Response(text, { headers });
};
