import { withoutConsent, withoutRemarks, withoutTeachersRemarks, withoutView } from '#lib/disclosure/erasure.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './erasure-queries.ts';

/**
 * Takes what somebody gave out of every stored snapshot, and what others wrote about an IB'er out of those about her, in
 * the transaction that erases the person and before the answers go. Pooled protected cells and the cohort's sums stay and
 * are never computed again (rules.md, Shown and withheld). Twice is harmless.
 */
export async function takeOutOfSnapshots(trx: Db, personId: string): Promise<void> {
  for (const row of await queries.listOfRater(trx, personId)) {
    const snapshot = JSON.parse(row.document) as Snapshot; // written by takeSnapshots
    await put(trx, row.schoolRoundId, await without(trx, snapshot, row));
  }
  for (const { schoolRoundId, document } of await queries.listOfRatee(trx, personId)) {
    await put(trx, schoolRoundId, withoutRemarks(JSON.parse(document) as Snapshot));
  }
}

/** Withholds the teachers' view of an open school round, where one of them takes the consent back (rules.md). */
export async function withholdTeachers(trx: Db, invitationId: string): Promise<void> {
  const row = await queries.findOfInvitation(trx, invitationId);
  if (row) await put(trx, row.schoolRoundId, withoutConsent(JSON.parse(row.document) as Snapshot));
}

type Given = { role: 'director' | 'ib' | 'teacher'; mode: 'protected' | 'open'; responseId: number };

async function without(trx: Db, snapshot: Snapshot, { role, mode, responseId }: Given): Promise<Snapshot> {
  if (role !== 'teacher') return withoutView(snapshot, role);
  if (mode === 'open') return withoutConsent(snapshot);
  return withoutTeachersRemarks(snapshot, new Set(await queries.listRemarked(trx, responseId)));
}

function put(trx: Db, schoolRoundId: string, snapshot: Snapshot): Promise<void> {
  return queries.setDocument(trx, schoolRoundId, JSON.stringify(snapshot));
}
