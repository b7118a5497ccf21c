import { CONSTANTS } from '#lib/analysis/constants.ts';
import type { Rating } from '#lib/analysis/types.ts';
import type { Remark } from '#lib/disclosure/remarks.ts';
import { DomainError } from '#lib/errors.ts';
import { countsAs, countsAsUnclear } from '#lib/form/answer.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { nowIso } from '#lib/server/ids.ts';
import { loadAsked, type AskedList } from '#lib/server/instruments/asked-service.ts';
import { shuffleInPlace } from '#lib/server/shuffle.ts';
import { roundClarity, type ClosedUnit } from './cohort-figures.ts';
import * as queries from './queries.ts';
import { takeSnapshot, tallySubmitted, type SubmittedResponse } from './snapshot.ts';
import { dropSums, storeSums, type PreparedSums } from './store-sums.ts';

/** What the people of one school round gave: all that its snapshot and the cohort's clarity are made from. */
type Given = {
  unit: queries.UnitRow;
  raters: SubmittedResponse[];
  /** The director who submitted; null when none did. */
  directorId: string | null;
  invited: Record<Role, number>;
  ratings: Rating[];
  remarks: Remark[];
};

/**
 * Takes the snapshots of a round, in the transaction that closes it: the cohort's clarity and flags once, then for each
 * school what may be shown of it, and from that the sums of the cohort (rules.md, Shown and withheld).
 * @param prepared what `prepareSums` read before
 * @throws DomainError not_found
 */
export async function takeSnapshots(trx: Db, roundId: string, prepared?: PreparedSums): Promise<void> {
  const round = await queries.findRound(trx, roundId);
  if (!round) throw new DomainError('not_found');
  const list = await loadAsked(trx, { ...round, roundId });
  const given = await loadGiven(trx, roundId, list);
  const units: ClosedUnit[] = given.map((one) => ({
    school: one.unit.schoolId,
    ratee: one.unit.rateeId,
    director: one.directorId,
    tallies: tallySubmitted(one),
  }));
  const clarity = roundClarity(units, list.outline);
  const flags = new Map(clarity.rows.map((row) => [row.aspect, row.flags]));
  const stamp = { constantsVersion: CONSTANTS.version, createdAt: nowIso() };
  await queries.putRoundSnapshot(trx, { ...stamp, id: roundId, document: JSON.stringify(clarity) });
  const { key, version } = list.instrument;
  const roles = new Set(list.instrument.roles.map((role) => role.key));
  for (const { unit, raters, invited, ratings, remarks } of given) {
    const snapshot = takeSnapshot({
      mode: unit.mode,
      instrument: { key, version },
      outline: list.outline,
      roles,
      ratings,
      raters,
      invited,
      flags,
      remarks,
      shuffle: (items) => shuffleInPlace([...items]),
    });
    await queries.putSnapshot(trx, { ...stamp, id: unit.schoolRoundId, document: JSON.stringify(snapshot) });
  }
  await storeSums(trx, roundId, prepared);
}

/** Forgets the snapshots of a round that opens again, in the transaction that opens it. */
export async function dropSnapshots(trx: Db, roundId: string): Promise<void> {
  await queries.deleteSnapshots(trx, roundId);
  await dropSums(trx, roundId);
}

async function loadGiven(trx: Db, roundId: string, list: AskedList): Promise<Given[]> {
  const units = await queries.listUnits(trx, roundId);
  const given = new Map<string, Given>(
    units.map((unit) => [
      unit.schoolRoundId,
      {
        unit,
        raters: [],
        directorId: null,
        invited: { director: 0, ib: 0, teacher: 0 },
        ratings: [],
        remarks: [],
      },
    ]),
  );
  const byResponse = new Map<number, { to: Given; role: Role }>();
  for (const rater of await queries.listRaters(trx, roundId)) {
    const to = given.get(rater.schoolRoundId);
    if (!to) continue;
    to.invited[rater.role] += 1;
    if (rater.status !== 'submitted' || rater.responseId === null) continue;
    if (rater.role === 'director') to.directorId = rater.personId;
    to.raters.push({ rater: rater.responseId, role: rater.role, consent: rater.consent === 1 });
    byResponse.set(rater.responseId, { to, role: rater.role });
  }
  const competencyOf = competencyByAspect(list);
  for (const answer of await queries.listSubmittedAnswers(trx, roundId)) {
    const response = byResponse.get(answer.responseId);
    const aspect = list.aspectCodes.get(answer.aspectId);
    if (!response || aspect === undefined) continue;
    const { to, role } = response;
    const rating = toRating(answer, role, aspect);
    if (rating) to.ratings.push(rating);
    if (answer.comment !== null) {
      const competency = competencyOf.get(aspect) ?? '';
      to.remarks.push({ rater: answer.responseId, role, competency, aspect, text: answer.comment });
    }
  }
  return [...given.values()];
}

/** Null for an aspect with only a remark: it counts as not answered. */
function toRating(answer: queries.SubmittedAnswerRow, role: Role, aspect: string): Rating | null {
  const status = countsAs(answer);
  if (status === null) return null;
  return { rater: answer.responseId, role, aspect, status, score: answer.score, unclear: countsAsUnclear(answer) };
}

function competencyByAspect(list: AskedList): ReadonlyMap<string, string> {
  return new Map(
    list.outline.competencies.flatMap(({ code, aspects }) => aspects.map((aspect) => [aspect.code, code] as const)),
  );
}
