import { toProgramme } from '#lib/programme-page/to-programme.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import type { PageServerLoad } from './$types';

/** What the page of the programme shows, and nothing else. */
export const load: PageServerLoad = async ({ locals, params: { programme } }) => {
  const course = await orError(programmes.course(locals.app.readDb, signedIn(locals), programme, new Date()));
  return { page: toProgramme(course, locals.locale) };
};
