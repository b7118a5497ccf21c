import { redirect } from '@sveltejs/kit';
import { FORGET_PAGES } from '#lib/server/caching.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, setHeaders }) => {
  if (locals.session) await locals.app.auth.api.signOut({ headers: request.headers });
  setHeaders(FORGET_PAGES);
  redirect(303, '/sign-in?out');
};
