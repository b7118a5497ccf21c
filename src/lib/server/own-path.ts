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

/** The path that an address says to go to afterwards. */
export function pathIn(url: URL): string {
  return ownPath.parse(url.searchParams.get('to'));
}

/** An address that says where to go to afterwards; of the front page, where everybody is led anyway, it says nothing. */
export function withPath(address: string, to: string): string {
  if (to === '/') return address;
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ to }).toString()}`;
}
