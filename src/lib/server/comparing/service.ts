import { DomainError } from '#lib/errors.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { schoolValues, type SchoolValues } from '#lib/server/reports/school-values-service.ts';
import * as reports from '#lib/server/reports/service.ts';

type School = SchoolValues['schools'][number];

/** A round with what it can be laid beside, and what was chosen of that: one of the three, or none where there is nothing. */
export type Beside = {
  comparable: reports.Comparable;
  instrument: Instrument;
  /** Schools whose reports this viewer may read, by name. */
  schools: Pick<School, 'schoolRoundId' | 'name'>[];
  /** The round's or school round's id. */
  chosen: string | null;
  change: reports.CohortChange | null;
  comparison: reports.CohortComparison | null;
  school: { school: School; figures: reports.RoundFigures } | null;
};

/**
 * Lays a closed round beside another round or a school; without a choice beside the round before it that asked
 * as much, where there is one: a whole round beside a pulse has little in common.
 * @param wanted the id of a closed round, or of a school round of this very round
 * @returns null while the round may still change
 * @throws DomainError not_found, also for what cannot be chosen here; forbidden
 */
export async function beside(db: Db, actor: Actor, roundId: string, wanted: string | null): Promise<Beside | null> {
  const figures = await reports.roundFigures(db, actor, roundId);
  if (figures === null) return null;
  const comparable = await reports.comparable(db, actor, roundId);
  const { instrument } = await instruments.load(db, comparable.round.instrumentVersionId);
  const schools = (await schoolValues(db, actor, roundId))?.schools ?? [];
  const { earlier, round } = comparable;
  const alike = earlier.findLast(({ isPulse }) => isPulse === round.isPulse) ?? earlier.at(-1);
  const chosen = wanted ?? alike?.id ?? null;
  const has = (rounds: readonly reports.ClosedRound[]) => rounds.some(({ id }) => id === chosen);
  const school = schools.find(({ schoolRoundId }) => schoolRoundId === chosen);
  const found: Beside = {
    ...{ comparable, instrument, chosen, schools: schools.map(({ schoolRoundId, name }) => ({ schoolRoundId, name })) },
    ...{ change: null, comparison: null, school: null },
  };
  if (chosen === null) return found;
  if (has(comparable.earlier)) return { ...found, change: await reports.change(db, actor, chosen, roundId) };
  if (has(comparable.elsewhere)) return { ...found, comparison: await reports.comparison(db, actor, roundId, chosen) };
  if (school) return { ...found, school: { school, figures } };
  throw new DomainError('not_found');
}
