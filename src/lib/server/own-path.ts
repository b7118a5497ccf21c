import { z } from 'zod';

/**
 * A path on this site, to go to afterwards; anything else is the front page. "//" and "/\" would lead elsewhere, and
 * browsers pass over a tab or line end in between.
 */
export const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/)
  .catch('/');

/** What one signs in for, by the first part of the path: the guard (guard.ts) asks for it nowhere else. */
const SIGNED_IN = [
  'account',
  'action-plans',
  'admin',
  'admin',
  'assignments',
  'certificates',
  'cohorts',
  'lists',
  'partnerships',
  'programmes',
  'reports',
  'rounds',
];

/**
 * Where signing in may lead; anything else is the front page. Anybody can have a sign-in link mailed to somebody else, and
 * must not lead them by it to a form whose personal link they hold themselves. Nor is such a link kept with a mail.
 */
export const signedInPath = ownPath.refine(isSignedInFor).catch('/');

/** Read as a browser will: "/reports/../f/x" is no report. */
function isSignedInFor(path: string): boolean {
  const [, part = ''] = new URL(path, 'http://localhost').pathname.split('/');
  return SIGNED_IN.includes(part);
}

/** The path that an address of signing in, or of an account, says to go to afterwards. */
export function pathIn(url: URL): string {
  return signedInPath.parse(url.searchParams.get('to'));
}

/** An address that says where to go to afterwards; of the front page, where everybody is led anyway, it says nothing. */
export function withPath(address: string, to: string): string {
  if (to === '/') return address;
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ to }).toString()}`;
}
