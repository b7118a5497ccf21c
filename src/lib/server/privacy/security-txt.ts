import { addDays, dayOf } from '#lib/server/days.ts';
import type { PrivacyNotice } from './service.ts';

/** Days that whoever keeps a copy may trust it. It is made anew at each reading, so this need not be long. */
const GOOD_FOR = 30;

/**
 * The text of /.well-known/security.txt (RFC 9116): whom to tell of a weak spot, which is who answers for the data, or else
 * the data protection officer. Null where neither has an address.
 * @param publicUrl named as the address of the file where it is https, for the norm allows no other (§2.5.2)
 */
export function securityTextOf(
  { controllerEmail, officerEmail }: Pick<PrivacyNotice, 'controllerEmail' | 'officerEmail'>,
  publicUrl: string,
  now: Date,
): string | null {
  const address = controllerEmail ?? officerEmail;
  if (address === null) return null;
  return [
    `Contact: mailto:${encodeURIComponent(address).replace('%40', '@')}`,
    `Expires: ${addDays(dayOf(now), GOOD_FOR)}T00:00:00Z`,
    'Preferred-Languages: nl, en',
    ...(publicUrl.startsWith('https:') ? [`Canonical: ${publicUrl}/.well-known/security.txt`] : []),
    '',
  ].join('\n');
}
