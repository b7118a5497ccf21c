import type { Db } from '#lib/server/db/open.ts';
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

/**
 * Asks for a mail to the IB'er and, where there is one, the director of a school.
 * @param at what makes it this mail and no other: the same again changes nothing
 */
export async function tell(trx: Db, entry: Entry, kind: RegistrationMail, at: string, now: Date): Promise<void> {
  const people = [entry.ib, entry.director].filter((somebody) => somebody !== null);
  await tellAddresses(
    trx,
    entry,
    kind,
    people.map(({ email }) => email),
    at,
    now,
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
): Promise<void> {
  for (const address of new Set(addresses)) {
    await outbox.enqueue(
      trx,
      {
        ...{ template: 'registration', to: { address, language }, about: { registration: id, kind }, roundId: null },
        onceKey: `registration:${id}:${kind}:${at}:${address}`,
      },
      now,
    );
  }
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
