import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { askedByRound } from '#lib/server/instruments/asked-service.ts';
import { ambitionCourses } from './ambition-courses.ts';
import type { Ambition, AmbitionCourse, LookedRound } from './ambition-figures.ts';
import { changeFor } from './change-for.ts';
import { shownChange } from './change-figures.ts';
import { clarityRows } from './cohort-figures.ts';
import { isSettled, leftOutOf, read, type ClosedRound, type RoundFigures, type Stored } from './cohort-service.ts';
import {
  clarityShare,
  courseChanges,
  distancesOverRounds,
  lookBackOverRounds,
  responseFigure,
  type ClarityShare,
  type CourseChange,
  type DistanceFigure,
  type LookBackFigure,
  type Looked,
  type ResponseFigure,
} from './course-figures.ts';
import { pairsNotAsked, responseNotAsked, viewsNotAsked } from './not-asked.ts';
import type { RoundChange } from './round-change.ts';
import { viewerOfBoth, type SumsViewer } from './round-figures.ts';
import type { RoundSums } from './round-sums.ts';
import * as queries from './sums-queries.ts';

/**
 * A round of the course, by itself. `schools`: how many different ones took part. `leftOut`: reports that this trainer does not
 * read, and that are in no change, distance or look-back; null where all are.
 */
export type CourseRound = ClosedRound & { schools: number; response: ResponseFigure; clarity: ClarityShare } & Pick<
    RoundFigures,
    'leftOut'
  >;

/**
 * A later round beside the start. `apart`: aspects that were not asked alike, and so are in no change. `lookBack` is empty where
 * not both lists ask the scale question.
 */
export type SinceStart = {
  from: string;
  to: string;
  changes: CourseChange[];
  distances: DistanceFigure[];
  lookBack: LookBackFigure[];
  apart: number;
};

/**
 * How a cohort fares over the rounds of its programme, each round beside the first: totals over schools only, from what was
 * summed when the rounds closed (measurement.md §7, §10). `rounds` are whole ones, oldest first; pulses are left out.
 * `ambitions` are those that were asked for, in that order. Unrounded.
 */
export type Course = {
  cohort: { id: string; name: string };
  rounds: CourseRound[];
  sinceStart: SinceStart[];
  ambitions: AmbitionCourse[];
};

/**
 * The course of one cohort of a programme; without rounds when none of them can be looked at yet.
 * @throws DomainError forbidden
 */
export async function courseOf(
  db: Db,
  actor: Actor,
  asked: { cohort: Course['cohort']; programmeId: string; ambitions?: readonly Ambition[] },
): Promise<Course> {
  const { cohort, programmeId, ambitions = [] } = asked;
  const scope = { cohortId: cohort.id, programmeId };
  if (!may(actor, 'see_programme', scope)) throw new DomainError('forbidden');
  const asTrainer = may(actor, 'see_cohort_figures', scope);
  const closed = (await queries.listClosed(db, cohort.id)).filter((row) => !row.isPulse && isSettled(actor, row));
  const stored: Stored[] = [];
  for (const row of closed) stored.push(await read(db, actor, row, { asTrainer }));
  const [start, ...later] = stored;
  const looked: Looked[] = [];
  const lookedBack: Looked[] = [];
  const changes: Beside[] = [];
  for (const at of start ? later : []) {
    const found = start ? await changeFor(db, start, at, ambitions) : null;
    if (!start || found === null) continue;
    const { change, recorded } = found;
    const { gone } = at;
    const viewer = viewerOfBoth(start.viewer, at.viewer);
    const shown = shownChange(change, { from: start.sums, to: at.sums }, gone, viewer);
    const roles = start.roles.intersection(at.roles);
    const views = viewsNotAsked(shown.views, roles);
    const asksScale = (await asksScaleIn(db, start)) && (await asksScaleIn(db, at));
    changes.push({ at, viewer, change, shown: { ...shown, views }, roles, asksScale });
    const look = { start: wholeSums(start), gone, viewer };
    looked.push({ stored: change, ...look });
    lookedBack.push({ stored: recorded, ...look });
  }
  const distances = distancesOverRounds(looked);
  const lookBack = lookBackOverRounds(lookedBack);
  const clear = stored.map((at) => clarityRows(at, at.viewer));
  const besides = changes.map(({ at, viewer, change, shown, roles }, index): LookedRound => ({
    ...{ stored: change, gone: at.gone, viewer, roles, from: start?.round.name ?? '', to: at.round.name },
    ...{ start: wholeSums(start ?? at), both: { from: start?.sums ?? at.sums, to: at.sums } },
    shown: { changes: shown.views, distances: distances[index] ?? [] },
  }));
  return {
    cohort,
    rounds: stored.map((at, index) => ({
      ...at.round,
      schools: wholeSums(at).schools,
      response: responseNotAsked(responseFigure(wholeSums(at)), at.roles),
      clarity: clarityShare(clear[index] ?? []),
      leftOut: leftOutOf(at),
    })),
    ambitions: await ambitionCourses(
      db,
      ambitions,
      stored.map((at, index) => ({ round: at.round, viewer: at.viewer, rows: clear[index] ?? [] })),
      besides,
    ),
    sinceStart: changes.map(({ at, change, shown, roles, asksScale }, index) => ({
      from: start?.round.name ?? '',
      to: at.round.name,
      changes: courseChanges(change, shown),
      distances: pairsNotAsked(distances[index] ?? [], roles),
      lookBack: (lookBack[index] ?? []).filter(({ n }) => asksScale || n > 0),
      apart: change.apart.length,
    })),
  };
}

/** Over all schools, whatever this trainer reads: who took part holds no score. */
const wholeSums = ({ noise, sums }: Stored): RoundSums => noise?.sums ?? sums;

/** A later round with its change, who looks at both, the views that both ask, and whether both ask the scale question. */
type Beside = {
  at: Stored;
  viewer: SumsViewer;
  change: RoundChange;
  shown: ReturnType<typeof shownChange>;
  roles: Stored['roles'];
  asksScale: boolean;
};

/** IB'ers answer the scale question, so that a list without them asks it of nobody. */
async function asksScaleIn(db: Db, { round, roles }: Stored): Promise<boolean> {
  const { instrument } = await askedByRound(db, round);
  return roles.has('ib') && instrument.competencies.some(({ scaleQuestion }) => scaleQuestion !== undefined);
}
