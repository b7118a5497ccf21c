import { signedIn } from '#lib/server/actor.ts';
import * as partnerships from '#lib/server/partnerships/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { schoolYearOf } from '#lib/programme/school-year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = signedIn(locals);
  const now = new Date();
  const all = await partnerships.list(locals.app.db, actor, now);
  const search = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const wanted = search.toLocaleLowerCase('nl');
  return {
    year: schoolYearOf(dayOf(now)),
    seesAll: actor.admin,
    search,
    count: all.length,
    partnerships: all.filter(({ name }) => name.toLocaleLowerCase('nl').includes(wanted)),
  };
};
