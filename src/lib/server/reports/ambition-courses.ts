import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import {
  ambitionsOverRounds,
  tooFewAspects,
  type Ambition,
  type AmbitionCourse,
  type LookedRound,
} from './ambition-figures.ts';
import type { ClarityRow } from './cohort-figures.ts';
import type { ClosedRound } from './cohort-service.ts';
import { clarityShare } from './course-figures.ts';
import type { SumsViewer } from './round-figures.ts';

/** A round with what may be seen of its clarity. */
type ClearRound = { round: ClosedRound; viewer: SumsViewer; rows: readonly ClarityRow[] };

/** What the aspects of each ambition say over the rounds of a cohort; `later` are the rounds beside the first. */
export async function ambitionCourses(
  db: Db,
  ambitions: readonly Ambition[],
  rounds: readonly ClearRound[],
  later: readonly LookedRound[],
): Promise<AmbitionCourse[]> {
  const lists = new Map<string, string>();
  for (const { round } of rounds) lists.set(round.id, (await askedByRound(db, round)).instrument.key);
  const since = ambitionsOverRounds(ambitions, later);
  return ambitions.map((ambition, index) => ({
    ...{ id: ambition.id, title: ambition.title, aspects: ambition.aspects.length },
    clarity: rounds.map((at) => ({
      round: at.round.name,
      ...clarityOf(ambition, at, ambition.listKey === lists.get(at.round.id)),
    })),
    since: since.flatMap((round) => round[index] ?? []),
  }));
}

function clarityOf(
  ambition: Ambition,
  { viewer, rows }: ClearRound,
  isAsked: boolean,
): Omit<AmbitionCourse['clarity'][number], 'round'> {
  const own = isAsked ? rows.filter(({ aspect }) => ambition.aspects.includes(aspect)) : [];
  const none = { alike: null, counted: 0, withNoise: false };
  if (tooFewAspects(ambition, viewer)) return { ...none, reason: 'too_few_aspects' };
  return own.length === 0 ? { ...none, reason: 'not_asked' } : clarityShare(own);
}
