import type { Db } from '#lib/server/db/open.ts';
import * as guesses from '#lib/server/limits/guesses-service.ts';
import { record } from './service.ts';

/** Tries to sign in that failed, by client. */
const TRIES = { name: 'sign_in_refused', seconds: 3600 };

/** Lines about them, whoever tried: a log that cannot lose lines is not to be filled from a thousand places either. */
const LINES = { name: 'sign_in_lines', seconds: 3600 };
const MAX_LINES = 99;

/** Tries of one client that were refused unseen since its count was last stored; worth nothing after `until`. */
type Unseen = { stored: number; more: number; until: number };

// In memory, for somebody who was shut out must not cost a write a try. Per connection: tests open many databases.
const unseenBy = new WeakMap<Db, Map<string, Unseen>>();

type Tried = { client: string; by: 'link' | 'password' };

/**
 * Writes down that somebody could not sign in, without any address: the first three of an hour from one client each with the
 * account that it was about, then the tenth, the hundredth and so on with how many it were. A thousand tries are six lines,
 * and an attack shows while it goes on. After 99 lines of an hour only the hundredth, the thousandth and so on is one.
 * @param tried.userId the account; null where there is none
 */
export async function recordSignInRefusal(
  db: Db,
  settings: { secret: string },
  { client, by, userId }: Tried & { userId: string | null },
  now: Date,
): Promise<void> {
  const unseen = takeUnseen(db, client, now);
  const times = await guesses.count(db, settings, TRIES, client, now, unseen + 1);
  if (isTold(times - unseen - 1, times)) await tell(db, settings, { by, userId, times }, now);
}

/**
 * As `recordSignInRefusal`, for a try that was not looked at because there had been too many. It is counted in memory, and
 * stored once it makes a line: what this process had not stored when it stopped is not told.
 */
export async function countUnseen(
  db: Db,
  settings: { secret: string },
  { client, by }: Tried,
  now: Date,
): Promise<void> {
  const all = unseenOf(db);
  if (!isKept(all.get(client), now)) {
    const { count, resetsAt } = await guesses.counted(db, settings, TRIES, client, now);
    if (!isKept(all.get(client), now)) all.set(client, { stored: count, more: 0, until: Date.parse(resetsAt) });
  }
  const unseen = all.get(client);
  if (unseen === undefined) return;
  if (isTold(unseen.stored + unseen.more, unseen.stored + unseen.more + 1)) {
    await recordSignInRefusal(db, settings, { client, by, userId: null }, now);
  } else unseen.more += 1;
}

function unseenOf(db: Db): Map<string, Unseen> {
  const all = unseenBy.get(db) ?? new Map<string, Unseen>();
  unseenBy.set(db, all);
  return all;
}

function isKept(unseen: Unseen | undefined, now: Date): boolean {
  return unseen !== undefined && unseen.until > now.getTime();
}

/** How many are still to be stored, with which this client begins anew; what has lapsed of any client goes. */
function takeUnseen(db: Db, client: string, now: Date): number {
  const all = unseenOf(db);
  for (const [each, unseen] of all) if (!isKept(unseen, now)) all.delete(each);
  const more = all.get(client)?.more ?? 0;
  all.delete(client);
  return more;
}

async function tell(
  db: Db,
  settings: { secret: string },
  { by, userId, times }: { by: string; userId: string | null; times: number },
  now: Date,
): Promise<void> {
  const lines = await guesses.count(db, settings, LINES, '', now);
  const visitor = { kind: 'visitor' } as const;
  const about = (id: string | null) => ({ type: 'user', id: id ?? '' }) as const;
  if (lines > MAX_LINES) {
    if (hasMoreDigits(lines - 1, lines)) await record(db, visitor, 'sign_in.refused', about(null), { lines });
  } else if (times <= FIRST) await record(db, visitor, 'sign_in.refused', about(userId), { by });
  else await record(db, visitor, 'sign_in.refused', about(null), { times });
}

/** So many of an hour are told one by one. */
const FIRST = 3;

/** Whether counting on from one number to another makes a line: one of the first, or a power of ten on the way. */
function isTold(from: number, to: number): boolean {
  return to <= FIRST || hasMoreDigits(from, to);
}

function hasMoreDigits(from: number, to: number): boolean {
  return String(to).length > String(from).length;
}
