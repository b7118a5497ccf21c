import type { CompareReason } from '#lib/disclosure/cohort-reason.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { DomainError } from '#lib/errors.ts';
import { inCommon } from '#lib/instrument/same-aspect.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { schoolValues, type SchoolValues } from '#lib/server/reports/school-values-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as queries from './queries.ts';

type School = SchoolValues['schools'][number];

/** A closed round that can be chosen; `refused` says why nothing could be shown beside it, as far as that is known beforehand. */
export type Choice = reports.ClosedRound & { refused: CompareReason | null };

/** A round with what it can be laid beside, and what was chosen of that: one of the three, or none where there is nothing. */
export type Beside = {
  figures: reports.RoundFigures;
  instrument: Instrument;
  /** Earlier rounds of its cohort, and rounds of other own cohorts; none where the round itself has too few schools. */
  earlier: Choice[];
  elsewhere: Choice[];
  /** Schools whose reports this viewer may read, by name. */
  schools: Pick<School, 'schoolRoundId' | 'name'>[];
  /** The round's or school round's id. */
  chosen: string | null;
} & Laid;

/** What is laid beside the round. */
type Laid = {
  change: reports.CohortChange | null;
  comparison: reports.CohortComparison | null;
  school: { school: School; figures: reports.RoundFigures } | null;
};
const NOTHING: Laid = { change: null, comparison: null, school: null };

/**
 * Lays a closed round beside another round or a school. Without a choice beside the first of which something can be shown:
 * the round before it that asked as much (a whole round beside a pulse has little in common), another earlier one, then
 * another cohort's, of the same moment if there is one.
 * @param wanted the id of a closed round, or of a school round of this very round
 * @returns null while the round may still change
 * @throws DomainError not_found, also for what cannot be chosen here; forbidden
 */
export async function beside(db: Db, actor: Actor, roundId: string, wanted: string | null): Promise<Beside | null> {
  const figures = await reports.roundFigures(db, actor, roundId);
  if (figures === null) return null;
  const { instrument } = await instruments.load(db, figures.round.instrumentVersionId);
  const none = { figures, instrument, earlier: [], elsewhere: [], schools: [], chosen: null, ...NOTHING };
  if (figures.schools < LIMITS.minSchools) return none;
  const comparable = await reports.comparable(db, actor, roundId);
  const refusalOf = await refusals(db, instrument, [...comparable.earlier, ...comparable.elsewhere]);
  const [earlier, elsewhere] = [comparable.earlier.map(refusalOf), comparable.elsewhere.map(refusalOf)];
  const schools = (await schoolValues(db, actor, roundId))?.schools ?? [];
  const options = {
    ...{ figures, instrument, earlier, elsewhere },
    schools: schools.map(({ schoolRoundId, name }) => ({ schoolRoundId, name })),
  };
  if (wanted === null) return { ...options, ...(await firstShown(db, actor, options)) };
  const school = schools.find(({ schoolRoundId }) => schoolRoundId === wanted);
  if (school) return { ...options, ...NOTHING, chosen: wanted, school: { school, figures } };
  const other = [...earlier, ...elsewhere].find(({ id }) => id === wanted);
  if (!other) throw new DomainError('not_found');
  return { ...options, chosen: wanted, ...(await lay(db, actor, figures.round, other)) };
}

/** A round beside an earlier one of its cohort, or beside another cohort's. */
async function lay(db: Db, actor: Actor, round: reports.ClosedRound, other: Choice): Promise<Laid> {
  if (other.cohort.id === round.cohort.id) {
    return { ...NOTHING, change: await reports.change(db, actor, other.id, round.id) };
  }
  return { ...NOTHING, comparison: await reports.comparison(db, actor, round.id, other.id) };
}

async function firstShown(
  db: Db,
  actor: Actor,
  { figures: { round }, earlier, elsewhere }: Pick<Beside, 'figures' | 'earlier' | 'elsewhere'>,
): Promise<Laid & Pick<Beside, 'chosen'>> {
  const latest = earlier.toReversed();
  const inOrder = [
    ...latest.filter(({ isPulse }) => isPulse === round.isPulse),
    ...latest.filter(({ isPulse }) => isPulse !== round.isPulse),
    ...elsewhere.filter(({ name }) => name === round.name),
    ...elsewhere.filter(({ name }) => name !== round.name),
  ];
  for (const other of inOrder) {
    if (other.refused !== null) continue;
    const laid = await lay(db, actor, round, other);
    if (hasAny(laid.change ?? laid.comparison)) return { chosen: other.id, ...laid };
  }
  return { chosen: null, ...NOTHING };
}

/** Some competency can be compared in the eyes of somebody, or at least an aspect. */
function hasAny(found: reports.CohortChange | reports.CohortComparison | null): boolean {
  if (found === null) return false;
  const { director, ib, teacher } = found.tested;
  return found.views.some(({ reason }) => reason === undefined) || director + ib + teacher > 0;
}

/** Says of rounds what refuses them whatever their figures are: too few schools, or a list that has no aspect in common. */
async function refusals(db: Db, instrument: Instrument, rounds: readonly reports.ClosedRound[]) {
  const behind = await queries.countBehind(
    db,
    rounds.map(({ id }) => id),
  );
  const schools = new Map(behind.map((row) => [row.roundId, Math.min(row.schools, row.ratees)]));
  const versions = new Set(rounds.map(({ instrumentVersionId }) => instrumentVersionId));
  const alien = new Set<string>();
  for (const version of versions) {
    const other = await instruments.load(db, version);
    if (inCommon(other.instrument, instrument).same.length === 0) alien.add(version);
  }
  return (round: reports.ClosedRound): Choice => {
    if ((schools.get(round.id) ?? 0) < LIMITS.minSchools) return { ...round, refused: 'too_few_schools' };
    return { ...round, refused: alien.has(round.instrumentVersionId) ? 'other_aspects' : null };
  };
}
