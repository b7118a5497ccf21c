import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import { get } from './access.ts';
import { overview } from './progress-service.ts';
import * as queries from './queries.ts';

/**
 * What releasing would do: the reports that are not released yet, how many forms each was submitted, whether the IB'er's own
 * is among them (without it a report goes open only if she wants that), and how many mails go out for it.
 * @throws DomainError not_found, forbidden
 */
export async function releasable(db: Db, actor: Actor, roundId: string) {
  const { round, cohort, schools } = await overview(db, actor, roundId);
  const waiting = schools.filter(({ releasedAt }) => releasedAt === null);
  const ids = waiting.map(({ schoolRoundId }) => schoolRoundId);
  const readers = round.invented ? [] : await queries.listReaders(db, ids);
  const reports = waiting.map(({ schoolRoundId, schoolName, rateeName, raters }) => ({
    ...{ schoolRoundId, schoolName, rateeName, invited: raters.length },
    submitted: raters.filter(({ status }) => status === 'submitted').length,
    hasOwnForm: raters.some(({ role, status }) => role === 'ib' && status === 'submitted'),
    mails: readers.filter((reader) => reader.schoolRoundId === schoolRoundId).length,
  }));
  return { round, cohort, reports };
}

/**
 * Shows the reports of these school rounds to their IB'er and director, and mails them that it is there.
 * @throws DomainError not_found, forbidden, round_not_closed
 */
export async function release(
  db: Db,
  actor: Actor,
  roundId: string,
  schoolRoundIds: readonly string[],
  now = new Date(),
): Promise<void> {
  await setRelease(db, actor, roundId, schoolRoundIds, now);
}

/** Takes reports back, for a release by mistake. @throws DomainError as `release` */
export async function withdrawRelease(
  db: Db,
  actor: Actor,
  roundId: string,
  schoolRoundIds: readonly string[],
): Promise<void> {
  await setRelease(db, actor, roundId, schoolRoundIds, null);
}

async function setRelease(
  db: Db,
  actor: Actor,
  roundId: string,
  schoolRoundIds: readonly string[],
  releasedAt: Date | null,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, roundId);
    if (round.status !== 'closed') throw new DomainError('round_not_closed');
    const known = new Map((await queries.listSchoolRounds(trx, roundId)).map((row) => [row.id, row]));
    if (schoolRoundIds.some((id) => !known.has(id))) throw new DomainError('not_found');
    const isReleased = releasedAt !== null;
    const changing = schoolRoundIds.filter((id) => (known.get(id)?.releasedAt !== null) !== isReleased);
    if (changing.length === 0) return;
    await queries.setReleased(trx, changing, releasedAt?.toISOString() ?? null);
    const action = isReleased ? 'round.released' : 'round.release_withdrawn';
    for (const id of changing) await audit.record(trx, actor, action, { type: 'school_round', id });
    if (releasedAt !== null) await mailReaders(trx, roundId, changing, releasedAt);
  });
}

/** To those whose report it is, where they have an address: the IB'er, and the director who was asked in this round. */
async function mailReaders(trx: Db, roundId: string, schoolRoundIds: readonly string[], at: Date): Promise<void> {
  const readers = await queries.listReaders(trx, schoolRoundIds);
  await outbox.enqueueAll(
    trx,
    readers.map((reader) => releasedMail({ ...reader, roundId }, at)),
    at,
  );
}

/** Mails somebody who had no address when they were released the reports that are the person's to read. */
export async function mailReportsTo(trx: Db, personId: string, now: Date): Promise<void> {
  const released = await queries.listReleasedTo(trx, personId);
  await outbox.enqueueAll(
    trx,
    released.map((report) => releasedMail({ ...report, personId }, now)),
    now,
  );
}

function releasedMail(report: { schoolRoundId: string; personId: string; roundId: string }, at: Date): outbox.NewMail {
  const { schoolRoundId, personId, roundId } = report;
  const onceKey = `report_released:${schoolRoundId}:${personId}:${at.toISOString()}`;
  return { template: 'report_released', to: { personId }, about: { schoolRound: schoolRoundId }, roundId, onceKey };
}
