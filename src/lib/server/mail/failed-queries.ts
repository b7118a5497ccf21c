import type { ExpressionBuilder } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB, Mail } from '#lib/server/db/schema.ts';
import { ASKING, WHOLE } from './asking.ts';
import { literally } from './status-queries.ts';

/** Mail that failed for good, until somebody tries it again or it is made up for. */

/** That `other` tells the same person all that `mail` was to say. */
function saysAsMuch(eb: ExpressionBuilder<DB & { other: Mail }, 'mail' | 'other'>) {
  return eb.and([
    eb('other.id', '!=', eb.ref('mail.id')),
    eb('other.person_id', '=', eb.ref('mail.person_id')),
    eb('other.round_id', '=', eb.ref('mail.round_id')),
    eb.or([
      eb.and([eb('other.template', 'in', WHOLE), eb('mail.template', 'in', ASKING)]),
      eb.and([eb('other.template', '=', eb.ref('mail.template')), eb('other.about', '=', eb.ref('mail.about'))]),
    ]),
  ]);
}

/** What is made up for is dropped; why it had failed stays with it, and tells it from what no longer held. */
function dropping(db: Db) {
  return db.updateTable('mail').set({ status: 'dropped' }).where('mail.status', '=', literally('failed'));
}

/** Drops the failures that this mail makes up for: it has arrived, or is the one that counts now. */
export async function dropMadeUpFor(db: Db, id: string): Promise<void> {
  await dropping(db)
    .where((eb) =>
      eb.exists(eb.selectFrom('mail as other').select('other.id').where('other.id', '=', id).where(saysAsMuch)),
    )
    .execute();
}

/** Drops those of these failures (all of them without `id`) that a mail which waits will make up for. */
export async function dropAwaited(db: Db, id?: string): Promise<void> {
  const awaited = dropping(db).where((eb) =>
    eb.exists(
      eb.selectFrom('mail as other').select('other.id').where('other.status', '=', 'waiting').where(saysAsMuch),
    ),
  );
  await (id === undefined ? awaited : awaited.where('mail.id', '=', id)).execute();
}

/** Drops what failed to somebody, but for word of a released report. */
export async function dropAsking(db: Db, personId: string): Promise<void> {
  await dropping(db).where('person_id', '=', personId).where('template', '!=', 'report_released').execute();
}

/** Whether the mail server refused the address of somebody, and nothing arrived there since. */
export async function isAddressRefused(db: Db, personId: string): Promise<boolean> {
  const refused = await db
    .selectFrom('mail')
    .select('id')
    .where('person_id', '=', personId)
    .where('status', '=', literally('failed'))
    .where('fault', 'like', 'address_refused%')
    .executeTakeFirst();
  return refused !== undefined;
}

function asNew(db: Db, at: string) {
  return db
    .updateTable('mail')
    .set({ status: 'waiting', attempts: 0, due_at: at, claimed_until: null, fault: null })
    .where('status', '=', literally('failed'));
}

/** Lets a mail that failed wait again, as new. @returns whether it had failed */
export async function retryFailed(db: Db, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await asNew(db, at).where('id', '=', id).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets every mail that failed, or every one to a person, wait again, as new. @returns how many */
export async function retryAllFailed(db: Db, at: string, personId?: string): Promise<number> {
  const failed = asNew(db, at);
  const { numUpdatedRows } = await (
    personId === undefined ? failed : failed.where('person_id', '=', personId)
  ).executeTakeFirst();
  return Number(numUpdatedRows);
}

export type MailToRetry = { id: string; cohortId: string | null };

/** A mail with the cohort of its round; the cohort is null for mail of no round. */
export function findMail(db: Db, id: string): Promise<MailToRetry | undefined> {
  return db
    .selectFrom('mail')
    .leftJoin('round', 'round.id', 'mail.round_id')
    .select(['mail.id', 'round.cohort_id as cohortId'])
    .where('mail.id', '=', id)
    .executeTakeFirst();
}
