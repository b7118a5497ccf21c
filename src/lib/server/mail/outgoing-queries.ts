import { z } from 'zod';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';
import { dropMadeUpFor } from './failed-queries.ts';
import { literally } from './status-queries.ts';

/** A mail whose turn it is, by ids: `compose` writes it. */
export type WaitingMail = {
  id: string;
  template: Mail['template'];
  personId: string | null;
  userId: string | null;
  address: string | null;
  language: 'nl' | 'en' | null;
  roundId: string | null;
  about: Readonly<Record<string, string>>;
  attempts: number;
  createdAt: string;
  /** By whom it is being sent, as an opaque value; null: by nobody. */
  claim: string | null;
};

const about = z.record(z.string(), z.string());

const columns = [
  'id',
  'template',
  'person_id as personId',
  'user_id as userId',
  'address',
  'language',
  'round_id as roundId',
  'about',
  'attempts',
  'created_at as createdAt',
  'claimed_until as claim',
] as const;

/**
 * The mails that may go now: those that somebody is waiting for at the screen first, then the oldest; those that are
 * claimed come last.
 */
export async function listDue(db: Db, now: string, limit: number): Promise<WaitingMail[]> {
  const rows = await db
    .selectFrom('mail')
    .select(columns)
    .where('status', '=', literally('waiting'))
    .where('due_at', '<=', now)
    .orderBy((eb) => eb.case().when('claimed_until', 'is', null).then(0).else(1).end())
    .orderBy((eb) => eb.case().when('template', 'in', ['sign_in', 'test']).then(0).else(1).end())
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, about: about.parse(JSON.parse(row.about)) }));
}

export async function findWaiting(db: Db, id: string): Promise<WaitingMail | undefined> {
  const row = await db
    .selectFrom('mail')
    .select(columns)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return row && { ...row, about: about.parse(JSON.parse(row.about)) };
}

/** Whether whom this mail goes to has begun a form of its round. */
export async function hasBegun(db: Db, mailId: string): Promise<boolean> {
  const row = await db
    .selectFrom('mail')
    .innerJoin('invitation', 'invitation.person_id', 'mail.person_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .select('response.id')
    .where('mail.id', '=', mailId)
    .whereRef('school_round.round_id', '=', 'mail.round_id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Claims a mail, unless it was claimed by another in between. @returns whether it was claimed */
export async function claim(db: Db, mail: Pick<WaitingMail, 'id' | 'claim'>, until: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mail')
    .set({ claimed_until: until })
    .where('id', '=', mail.id)
    .where('status', '=', 'waiting')
    .where('claimed_until', mail.claim === null ? 'is' : '=', mail.claim)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Says of mails that are being sent that somebody is still at it. */
export async function keepClaims(db: Db, ids: readonly string[], until: string): Promise<void> {
  if (ids.length === 0) return;
  const mails = db.updateTable('mail').set({ claimed_until: until }).where('id', 'in', ids);
  await mails.where('status', '=', 'waiting').execute();
}

/** What became of an attempt. */
export type Mark =
  | { status: 'sent'; sentAt: string; attempts: number }
  | { status: 'failed' | 'dropped'; at: string; attempts: number; fault: string | null }
  | { status: 'waiting'; dueAt: string; attempts: number; fault: string };

/**
 * Writes down what became of a mail, and ends its claim. One that was sent meanwhile stays sent. Once it is over, earlier
 * failures to tell the same end.
 */
export async function mark(db: Db, id: string, outcome: Mark): Promise<void> {
  const { status, attempts } = outcome;
  const happened =
    outcome.status === 'sent'
      ? { sent_at: outcome.sentAt, fault: null }
      : { due_at: outcome.status === 'waiting' ? outcome.dueAt : outcome.at, fault: outcome.fault };
  const values = { status, attempts, claimed_until: null, ...happened };
  await inTransaction(db, async (trx) => {
    await trx.updateTable('mail').set(values).where('id', '=', id).where('status', '=', 'waiting').execute();
    if (status === 'sent' || status === 'failed') await dropMadeUpFor(trx, id);
  });
}
