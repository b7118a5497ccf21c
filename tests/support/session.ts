import { createHmac } from 'node:crypto';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newId, newToken, nowIso } from '#lib/server/ids.ts';

/**
 * A session of this account as signing in leaves it, the second factor given: for tests that are about what comes after.
 * @param given.gaveSecondFactor false for who is asked for none, and for who owes it yet
 * @returns the cookie, as a browser sends it
 */
export async function signedInCookie(
  db: Db,
  secret: string,
  userId: string,
  { gaveSecondFactor = true } = {},
): Promise<string> {
  const token = newToken().slice(0, 32);
  const at = nowIso();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await db
    .insertInto('session')
    .values({
      ...{
        id: newId(),
        token: hashToken(token),
        user_id: userId,
        expires_at: expiresAt,
        ip_address: null,
        user_agent: null,
      },
      ...{ created_at: at, updated_at: at, second_factor_at: gaveSecondFactor ? at : null },
    })
    .execute();
  return cookieOf(token, secret);
}

/** The cookie of a session with this token, signed as better-auth signs it. */
export function cookieOf(token: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `drieluik.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
