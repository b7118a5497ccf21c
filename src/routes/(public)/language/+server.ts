import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { setLanguage } from '#lib/server/language.ts';
import { ownPath } from '#lib/server/own-path.ts';
import type { RequestHandler } from './$types';

const input = z.object({
  language: z.enum(['nl', 'en']),
  to: ownPath,
});

/** The language switch of every page: remembers the choice for a year and returns to the page. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = input.safeParse(await formValues(request, ['language', 'to']));
  if (!form.success) redirect(303, '/');
  setLanguage(cookies, url, form.data.language);
  redirect(303, form.data.to);
};
