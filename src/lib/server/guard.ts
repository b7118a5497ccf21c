import type { UserActor } from '#lib/permissions.ts';

/** The page of a rater's personal link, where the form begins. */
export const PERSONAL_LINK = '/(public)/f/[token]';

/** The first part of a route's id names who it is for; each page's service then decides about the very object. */
const GUARDS: Record<string, (actor: UserActor | null) => boolean> = {
  '(public)': () => true,
  // Raters carry a cookie for their own form; the page's service checks it against the form.
  '(rater)': () => true,
  '(school)': (actor) => actor !== null,
  '(trainer)': (actor) => actor !== null && (actor.trainer || actor.cohortIds.length > 0),
  '(steering)': (actor) => actor !== null && actor.programmeIds.length > 0,
  '(admin)': (actor) => actor?.admin === true,
};

export type Verdict = 'allowed' | 'sign_in' | 'not_found';

/** Whether somebody may come near a route at all. Default deny: a route outside the known groups does not exist. */
export function guardRoute(routeId: string | null, actor: UserActor | null): Verdict {
  const group = routeId?.split('/')[1] ?? '';
  const allows = GUARDS[group];
  if (!allows) return 'not_found';
  if (allows(actor)) return 'allowed';
  return actor === null ? 'sign_in' : 'not_found';
}
