import { withoutConsent, withoutRemarks, withoutTeachersRemarks, withoutView } from '#lib/disclosure/erasure.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { isWithheld } from '#lib/disclosure/view-state.ts';
import { inChunks } from '#lib/server/db/in-chunks.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './erasure-queries.ts';
import { insertGone } from './sums-queries.ts';

/**
 * Takes what somebody gave out of every stored snapshot, and what others wrote about an IB'er out of those about her, in
 * the transaction that erases the person and before the answers go. Pooled protected cells and the cohort's sums stay and
 * are never computed again (rules.md, Shown and withheld). Twice is harmless.
 */
export async function takeOutOfSnapshots(trx: Db, personId: string): Promise<void> {
  for (const row of await queries.listOfRater(trx, personId)) {
    const snapshot = JSON.parse(row.document) as Snapshot; // written by takeSnapshots
    await put(trx, { ...row, personId }, snapshot, await without(trx, snapshot, row));
  }
  for (const { schoolRoundId, document } of await queries.listOfRatee(trx, personId)) {
    const snapshot = JSON.parse(document) as Snapshot;
    await put(trx, { schoolRoundId, personId }, snapshot, withoutRemarks(snapshot));
  }
}

/** Withholds the teachers' view of an open school round, where one of them takes the consent back (rules.md). */
export async function withholdTeachers(trx: Db, invitationId: string): Promise<void> {
  const row = await queries.findOfInvitation(trx, invitationId);
  if (!row) return;
  const snapshot = JSON.parse(row.document) as Snapshot;
  // Nobody is told who it was (docs/decisions.md, own choices).
  await put(trx, { ...row, personId: null }, snapshot, withoutConsent(snapshot));
}

/** So many snapshots are read at once. */
const CHUNK = 50;

/**
 * How many teachers gave what a school round shows, by its snapshot. One who was erased since is still counted: the pooled
 * mean of a protected view keeps the scores, so whoever had the others' forms beside it could work out what went.
 */
export async function teachersInside(db: Db, schoolRoundIds: readonly string[]): Promise<Map<string, number>> {
  const inside = new Map<string, number>();
  await inChunks(
    schoolRoundIds,
    async (some) => {
      for (const { schoolRoundId, document } of await queries.listDocuments(db, some)) {
        const { views } = JSON.parse(document) as Snapshot; // written by takeSnapshots
        inside.set(schoolRoundId, views.teacher.answered);
      }
    },
    CHUNK,
  );
  return inside;
}

type Given = { role: 'director' | 'ib' | 'teacher'; mode: 'protected' | 'open'; responseId: number };

async function without(trx: Db, snapshot: Snapshot, { role, mode, responseId }: Given): Promise<Snapshot> {
  if (role !== 'teacher') return withoutView(snapshot, role);
  if (mode === 'open') return withoutConsent(snapshot);
  return withoutTeachersRemarks(snapshot, new Set(await queries.listRemarked(trx, responseId)));
}

/** The sums keep what was in them, so a view that goes is noted: what is shown beside them must not give it back. */
async function put(
  trx: Db,
  { schoolRoundId, personId }: { schoolRoundId: string; personId: string | null },
  before: Snapshot,
  after: Snapshot,
): Promise<void> {
  await queries.setDocument(trx, schoolRoundId, JSON.stringify(after));
  for (const view of VIEWS) {
    if (before.views[view].state !== 'shown' || !isWithheld(after.views[view].state)) continue;
    await insertGone(trx, schoolRoundId, view, personId);
  }
}
