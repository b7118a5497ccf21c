import { may, type UserActor } from '#lib/permissions.ts';

/** The page of a rater's personal link, where the form begins. */
export const PERSONAL_LINK = '/(public)/f/[token]';

/** The page of a link that asks how useful a session was. */
export const USEFULNESS_LINK = '/(public)/u/[token]';

/** The page of a link of a registration: the one that is shared, or a school's own. */
export const REGISTRATION_LINK = '/(public)/r/[token]';

/** Where whoever is not signed in does so. */
export const SIGN_IN = '/sign-in';

/** Where the second step of signing in is given; a half session reaches it, what is public, and nothing else. */
export const SECOND_STEP = '/second-step';

/** The first part of a route's id names who it is for; each page's service then decides about the very object. */
const GUARDS: Record<string, (actor: UserActor | null, isHalf: boolean) => boolean> = {
  '(public)': () => true,
  // Raters carry a cookie for their own form; the page's service checks it against the form.
  '(rater)': () => true,
  '(second-step)': (actor, isHalf) => actor !== null || isHalf,
  '(account)': (actor) => actor !== null,
  '(school)': (actor) => actor !== null,
  '(trainer)': (actor) => actor !== null && (actor.trainer || actor.cohortIds.length > 0),
  '(lists)': (actor) => may(actor, 'see_lists'),
  '(partnership)': (actor) =>
    actor !== null && (actor.admin || actor.programmeIds.length > 0 || actor.cohortIds.length > 0),
  '(steering)': (actor) => actor !== null && (actor.programmeIds.length > 0 || actor.cohortIds.length > 0),
  '(admin)': (actor) => actor?.admin === true,
};

/**
 * Whether an address names what there can be: ids, tokens, codes and file names are of these signs. What is not is stopped
 * here, for it would go on into the address that an action leads to: elsewhere, or nowhere, as no header can hold it.
 */
export function canBeNamed(params: Partial<Record<string, string>>): boolean {
  return Object.values(params).every((param) => param === undefined || /^[\w.~@:+-]*$/.test(param));
}

export type Verdict = 'allowed' | 'sign_in' | 'second_step' | 'not_found';

/**
 * Whether somebody may come near a route at all. Default deny: a route outside the known groups does not exist.
 * @param actor null for who is not signed in, and for whoever has yet to give the second factor (`isHalf`)
 */
export function guardRoute(routeId: string | null, actor: UserActor | null, isHalf = false): Verdict {
  const group = routeId?.split('/')[1] ?? '';
  const allows = GUARDS[group];
  if (!allows) return 'not_found';
  if (allows(actor, isHalf)) return 'allowed';
  if (actor !== null) return 'not_found';
  return isHalf ? 'second_step' : 'sign_in';
}
