import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import * as partnerships from '#lib/server/partnerships/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { schoolYearOf } from '#lib/programme/school-year.ts';
import type { PageServerLoad } from './$types';

/** What stands in the address that is no page of the list is its first one. */
const asked = z.object({
  q: z.string().trim().catch(''),
  page: z.coerce.number().int().min(1).catch(1),
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = signedIn(locals);
  const now = new Date();
  const { q, page } = asked.parse(Object.fromEntries(url.searchParams));
  const search = q.slice(0, 100);
  const list = await partnerships.list(locals.app.db, actor, now, { search, page });
  return {
    ...list,
    year: schoolYearOf(dayOf(now)),
    seesAll: actor.admin,
    search,
    previous: list.page > 1 ? addressOf(search, list.page - 1) : null,
    next: list.page < list.pages ? addressOf(search, list.page + 1) : null,
  };
};

function addressOf(search: string, page: number): string {
  const choice = new URLSearchParams({ ...(search !== '' && { q: search }), ...(page > 1 && { page: String(page) }) });
  return choice.size === 0 ? '/partnerships' : `/partnerships?${choice}`;
}
