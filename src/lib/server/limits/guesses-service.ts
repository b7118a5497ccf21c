import { createHmac } from 'node:crypto';
import { DomainError } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './queries.ts';

/** So many times in so many seconds, counted by one subject: an account, a typed address, a client's address. */
type Limit = { name: string; times: number; seconds: number };

/** What is counted and not limited. */
type Told = Omit<Limit, 'times'>;

const QUARTER = 15 * 60;

/**
 * What may be tried how often (rules.md, Links and mail): by account or typed address where somebody could guess, and by
 * the client's address failures only, for a school is one address.
 */
export const LIMITS = {
  /**
   * Mails with a sign-in link, by the address that was typed, known or not: the answer must not tell which. The last of
   * them is good for as long (`MAILED_MINUTES`), so that a stranger who asks in vain shuts nobody out.
   */
  linkRequest: { name: 'link_request', times: 5, seconds: 30 * 60 },
  /** Passwords by the address that was typed. The mail link stays open, so nobody can be shut out by a stranger. */
  password: { name: 'password', times: 10, seconds: QUARTER },
  /** Codes and recovery codes, by account: five guesses in fifteen minutes find one in a million codes in centuries. */
  secondFactor: { name: 'second_factor', times: 5, seconds: QUARTER },
  /** Passwords and links that failed, by the client's address. */
  failure: { name: 'failure', times: 50, seconds: QUARTER },
  /**
   * Schools that register through a link that is shared, or change that by their own, by the client's address: there is no
   * session to count by, and the office of a partnership may register its schools one after the other.
   */
  registration: { name: 'registration', times: 40, seconds: 60 * 60 },
  /** Changes of one registration, by its id, from wherever: each mails addresses that were typed, and those before them. */
  registrationChange: { name: 'registration_change', times: 10, seconds: 24 * 60 * 60 },
  /**
   * Mails about registrations to one address that no trainer asked for: whoever has a shared link may name it at a hundred
   * schools. Far above what a director of several schools is named for.
   */
  registrationMail: { name: 'registration_mail', times: 20, seconds: 24 * 60 * 60 },
  /** A code that was used, by account and time step: it is accepted in three steps of half a minute, and once. */
  codeUsed: { name: 'code_used', times: 1, seconds: 5 * 60 },
} as const satisfies Record<string, Limit>;

/** Something was tried too often; `until` is when it may be tried again. */
export class TooManyAttempts extends DomainError {
  readonly until: Date;
  constructor(until: Date) {
    super('too_many_attempts');
    this.until = until;
  }
}

/**
 * Counts one attempt, unless there were too many already: then it costs no write. In no transaction that may roll back: an
 * attempt that failed counts.
 * @returns how many are left, from `times - 1` down to 0
 * @throws TooManyAttempts
 */
export async function take(
  db: Db,
  settings: { secret: string },
  limit: Limit,
  subject: string,
  now: Date,
): Promise<number> {
  await assertOpen(db, settings, limit, subject, now);
  const { count: times, resetsAt } = await countMore(db, settings, limit, subject, now, 1);
  if (times > limit.times) throw new TooManyAttempts(new Date(resetsAt));
  return limit.times - times;
}

/** Counts one more, or several, of what is not limited, but told. @returns how many it are within the time, from 1 */
export async function count(
  db: Db,
  settings: { secret: string },
  told: Told,
  subject: string,
  now: Date,
  more = 1,
): Promise<number> {
  return (await countMore(db, settings, told, subject, now, more)).count;
}

/** How many were counted so far, from 0, and until when they count (ISO 8601). */
export async function counted(
  db: Db,
  settings: { secret: string },
  told: Told,
  subject: string,
  now: Date,
): Promise<queries.Counted> {
  const found = await queries.findAttempts(db, keyOf(settings, told, subject), now.toISOString());
  return found ?? { count: 0, resetsAt: endOf(told, now) };
}

function countMore(
  db: Db,
  settings: { secret: string },
  told: Told,
  subject: string,
  now: Date,
  more: number,
): Promise<queries.Counted> {
  return queries.countAttempts(db, keyOf(settings, told, subject), more, now.toISOString(), endOf(told, now));
}

function endOf({ seconds }: Told, now: Date): string {
  return new Date(now.getTime() + seconds * 1000).toISOString();
}

/**
 * Whether one more attempt may be made, without counting it.
 * @throws TooManyAttempts
 */
export async function assertOpen(
  db: Db,
  settings: { secret: string },
  limit: Limit,
  subject: string,
  now: Date,
): Promise<void> {
  const { count: times, resetsAt } = await counted(db, settings, limit, subject, now);
  if (times >= limit.times) throw new TooManyAttempts(new Date(resetsAt));
}

/** Forgets what was counted, after a success. */
export async function clear(db: Db, settings: { secret: string }, limit: Limit, subject: string): Promise<void> {
  await queries.deleteAttempts(db, keyOf(settings, limit, subject));
}

/** The subject is hashed with SECRET: the table tells nobody which addresses were typed. */
function keyOf({ secret }: { secret: string }, { name }: { name: string }, subject: string): string {
  return createHmac('sha256', secret).update(`attempt:${name}:${subject}`).digest('base64url');
}
