import type { Db } from '#lib/server/db/open.ts';
import { count, LIMITS } from '#lib/server/limits/guesses-service.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import type { Entry } from './entry-queries.ts';

/**
 * What a school hears of its registration. `known`: somebody registered it once more; `moved`: to the address that was
 * replaced; `withdrawn`: to whom nothing is sent any more.
 */
const KINDS = ['received', 'known', 'changed', 'moved', 'placed', 'waiting', 'withdrawn'] as const;
export type RegistrationMail = (typeof KINDS)[number];

/** Whether a text is one of these kinds, where it comes out of the outbox. */
export function isKind(text: string | undefined): text is RegistrationMail {
  return KINDS.some((kind) => kind === text);
}

/** With what mails are counted that somebody with a link sets off: an address gets so many a day, and then no more. */
export type Counting = { secret: string };

/**
 * Asks for a mail to the IB'er and, where there is one, the director of a school.
 * @param at what makes it this mail and no other: the same again changes nothing
 * @param counting null for what a trainer does
 */
export async function tell(
  trx: Db,
  entry: Entry,
  kind: RegistrationMail,
  at: string,
  now: Date,
  counting: Counting | null = null,
): Promise<void> {
  const people = [entry.ib, entry.director].filter((somebody) => somebody !== null);
  await tellAddresses(
    trx,
    entry,
    kind,
    people.map(({ email }) => email),
    at,
    now,
    counting,
  );
}

/** The same, to these addresses. */
export async function tellAddresses(
  trx: Db,
  { id, language }: Pick<Entry, 'id' | 'language'>,
  kind: RegistrationMail,
  addresses: readonly string[],
  at: string,
  now: Date,
  counting: Counting | null = null,
): Promise<void> {
  for (const address of new Set(addresses)) {
    const onceKey = `registration:${id}:${kind}:${at}:${address}`;
    if (counting !== null && !(await isWithin(trx, counting, address, onceKey, now))) continue;
    await outbox.enqueue(
      trx,
      {
        ...{ template: 'registration', to: { address, language }, about: { registration: id, kind }, roundId: null },
        onceKey,
      },
      now,
    );
  }
}

/** A mail that was asked for before counts no more: it goes once. */
async function isWithin(trx: Db, counting: Counting, address: string, onceKey: string, now: Date): Promise<boolean> {
  if (await outbox.isAskedFor(trx, onceKey)) return false;
  return (await count(trx, counting, LIMITS.registrationMail, address, now)) <= LIMITS.registrationMail.times;
}

/** Tells the trainers of a cohort that a place has come free. */
export async function tellTrainers(trx: Db, entryId: string, userIds: readonly string[], now: Date): Promise<void> {
  for (const userId of userIds) {
    await outbox.enqueue(
      trx,
      {
        ...{ template: 'registration', to: { userId }, about: { registration: entryId, kind: 'free' }, roundId: null },
        onceKey: `registration:${entryId}:free:${userId}`,
      },
      now,
    );
  }
}
