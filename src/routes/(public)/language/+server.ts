import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { setLanguage } from '#lib/server/language.ts';
import type { RequestHandler } from './$types';

const input = z.object({
  language: z.enum(['nl', 'en']),
  // A path on this site only: "//" and "/\" would lead elsewhere, and browsers pass over a tab or line end in between.
  to: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/)
    .catch('/'),
});

/** The language switch of every page: remembers the choice for a year and returns to the page. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = input.safeParse(await formValues(request, ['language', 'to']));
  if (!form.success) redirect(303, '/');
  setLanguage(cookies, url, form.data.language);
  redirect(303, form.data.to);
};
