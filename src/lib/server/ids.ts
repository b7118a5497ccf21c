import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';

/** A public id: UUIDv7, so that ids sort by the time they were made. */
export function newId(): string {
  return v7();
}

/** Before every id that is made at this moment or later, and after all that were made before: for periods of a log. */
export function idBound(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** When an id was made (ISO 8601), as it says itself: UUIDv7 begins with milliseconds. */
export function momentOfId(id: string): string {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString();
}

/** A secret for a link or a cookie: 256 bits, base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. Tokens have 180 bits or more, so a plain SHA-256 is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The same with SECRET, for a token that a new SECRET is to end: that of a link to sign in. */
export function keyedHash(secret: string, token: string): string {
  return createHmac('sha256', secret).update(`sign-in:${token}`).digest('base64url');
}

/**
 * A rater's personal token: HMAC(SECRET, invitation, generation). It can be shown again without being stored;
 * raising the generation withdraws it (rules.md, Links and mail).
 */
export function invitationToken(secret: string, invitationId: string, generation: number): string {
  return createHmac('sha256', secret).update(`invitation:${invitationId}:${generation}`).digest('base64url');
}

/** The token of the link that asks somebody how useful a session was: it can be shown again without being stored. */
export function usefulnessToken(secret: string, linkId: string): string {
  return createHmac('sha256', secret).update(`usefulness:${linkId}`).digest('base64url');
}

/** The token of a school's own link to its registration; raising the generation ends the one before it. */
export function registrationToken(secret: string, entryId: string, generation: number): string {
  return createHmac('sha256', secret).update(`registration:${entryId}:${generation}`).digest('base64url');
}

/** A token with its signature, for a cookie: whoever has no SECRET cannot make one, and a new SECRET ends them all. */
export function sealToken(secret: string, token: string): string {
  return `${token}.${signature(secret, token)}`;
}

/** The token in a sealed one; undefined when the signature is not that of this SECRET. */
export function unsealToken(secret: string, sealed: string): string | undefined {
  const [token = '', given = ''] = sealed.split('.', 2);
  const [expected, actual] = [Buffer.from(signature(secret, token)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? token : undefined;
}

function signature(secret: string, token: string): string {
  return createHmac('sha256', secret).update(`session:${token}`).digest('base64url');
}

/** The current time as it is stored: ISO-8601 in UTC. */
export function nowIso(): string {
  return new Date().toISOString();
}
