import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
  if (locals.session) await locals.app.auth.api.signOut({ headers: request.headers });
  redirect(303, '/sign-in?out');
};
