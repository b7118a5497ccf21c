import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { setLanguage } from '#lib/server/language.ts';
import type { RequestHandler } from './$types';

const input = z.object({
  language: z.enum(['nl', 'en']),
  // A path on this site only: "//" and "/\" would lead elsewhere.
  to: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});

/** The language switch of every page: remembers the choice for a year and returns to the page. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = input.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) redirect(303, '/');
  setLanguage(cookies, url, form.data.language);
  redirect(303, form.data.to);
};
