import { symmetricEncrypt } from 'better-auth/crypto';
import { keep, newCodes } from '#lib/server/auth/recovery-codes.ts';
import { newSecret, secretText } from '#lib/server/auth/totp.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';
import { newId, newToken, nowIso } from '#lib/server/ids.ts';

/**
 * A second factor in use and a session in another browser for this account.
 * @returns the session's id; and what is of nobody's eyes, the account's own neither
 */
export async function plantAccount(
  db: Db,
  secret: string,
  mark: string,
  userId: string,
): Promise<{ session: string; secrets: string[] }> {
  const shared = newSecret();
  const encrypted = await symmetricEncrypt({ key: secret, data: shared });
  const kept = keep(secret, newCodes());
  await db
    .insertInto('two_factor')
    .values({
      ...{ id: newId(), user_id: userId, secret: encrypted, backup_codes: kept, verified: 1, locked_until: null },
    })
    .execute();
  const [session, token, at] = [newId(), newToken().slice(0, 32), nowIso()];
  await db
    .insertInto('session')
    .values({
      ...{ id: session, token, user_id: userId, expires_at: new Date(Date.now() + 3_600_000).toISOString() },
      ...{ created_at: at, updated_at: at, second_factor_at: at },
      ...{ ip_address: `${mark}-ip`, user_agent: `${mark}-agent` },
    })
    .execute();
  const typed = secretText(shared);
  const hashes = JSON.parse(kept) as string[];
  return { session, secrets: [shared, typed, typed.replaceAll(' ', ''), encrypted, token, ...hashes] };
}

/**
 * Mails that went wrong: one to this person, and one to an address that is nobody's any more. A fault is a code
 * (text/mail-faults.ts); here it bears the mark, to see who is given it.
 * @returns the ids of the first, and of one to the same person that waits
 */
export async function plantMails(
  db: Db,
  mark: string,
  roundId: string,
  personId: string,
): Promise<{ failedMail: string; waitingMail: string }> {
  const at = nowIso();
  const status: Mail['status'] = 'failed';
  const failed = {
    ...{ status, attempts: 3, fault: `${mark}-fault`, about: '{}', round_id: roundId, user_id: null },
    ...{ created_at: at, due_at: at, sent_at: null, claimed_until: null },
  };
  const failedMail = newId();
  const to = { person_id: personId, address: null, language: null };
  const former = { person_id: null, address: `${mark}-former@post.example`, language: 'nl' } as const;
  await db
    .insertInto('mail')
    .values([
      { ...failed, ...to, id: failedMail, template: 'reminder', once_key: `${mark}-failed` },
      { ...failed, ...former, id: newId(), template: 'address_replaced', once_key: `${mark}-former` },
    ])
    .execute();
  const waiting = await db
    .selectFrom('mail')
    .select('id')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return { failedMail, waitingMail: waiting.id };
}
