import { toProgramme } from '#lib/programme-page/to-programme.ts';
import { signedIn } from '#lib/server/actor.ts';
import { orError } from '#lib/server/http.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const course = await orError(programmes.course(locals.app.readDb, signedIn(locals), params.programme));
  return { page: toProgramme(course, locals.locale) };
};
