import { elevation, levelMatters } from '#lib/analysis/elevation.ts';
import { levelOf, levelTakenOff, type ShownLevel } from '#lib/analysis/view-differences.ts';
import { baseCompetency } from '#lib/conversation/first-to-discuss.ts';
import type { ShownRemark } from '#lib/disclosure/remarks.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import { forViewer, type Viewer } from '#lib/disclosure/viewer.ts';
import { DomainError } from '#lib/errors.ts';
import { inCommon, type InCommon } from '#lib/instrument/same-aspect.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { nowIso } from '#lib/server/ids.ts';
import { asksTogether, loadAsked, type AskedList } from '#lib/server/instruments/asked-service.ts';
import { viewBalances, type ViewBalance } from './balance.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import { ownLookBack, type OwnLookBack } from './look-back.ts';
import { maySee, viewerOf } from './may-see.ts';
import { pageFacts, type PageFacts } from './page-facts.ts';
import * as queries from './queries.ts';
import * as readers from './reader-queries.ts';
import { ofWhole, overCommon, withoutUnasked, type OfWhole } from './pulse-figures.ts';
import { schoolChange, type SchoolChange } from './school-change.ts';
import { withoutLevel } from './without-level.ts';

export type { AspectDifference, ChangeFigure } from './change-figures.ts';
export type { AmbitionCourse, AmbitionSince } from './ambition-figures.ts';
export { cohortReport } from './cohort-report.ts';
export type { CohortReport } from './cohort-report.ts';
export { listClosed, roundFigures } from './cohort-service.ts';
export type { ClosedRound, RoundFigures } from './cohort-service.ts';
export { courseOf } from './course-service.ts';
export type { Course, CourseRound, SinceStart } from './course-service.ts';
export type { DifferenceFigure } from './comparison-figures.ts';
export { change, comparable, comparison } from './comparison-service.ts';
export type { CohortChange, CohortComparison, Comparable } from './comparison-service.ts';
export type { AspectOverSchools, Figure, GapOverSchools } from './round-figures.ts';
export { prepareAmbitions, sumAmbitions, sumAmbitionsOfCohort, sumMissingAmbitions } from './store-ambitions.ts';
export { prepareSums, sumOldRounds } from './store-sums.ts';
export { dropSnapshots, takeSnapshots } from './take-snapshots.ts';

/** Whose report it is and of which round; names are null for people of imported rounds, or after erasure. */
type ReportName = {
  schoolRoundId: string;
  cohort: string;
  /** The BRIN if the school has one, else its name. */
  school: string;
  schoolName: string;
  round: string;
  /** Which whole round of its cohort it is, from 1 up; null for a pulse, which stands between them. */
  place: number | null;
  closedAt: string | null;
  ratee: string | null;
  director: string | null;
};

/**
 * A round before this one beside it: its figures, and the change since then where it may be compared. `wording`: what of the
 * aspects that both rounds asked is in no change, because the words are others.
 */
type EarlierRound = {
  name: ReportName;
  isPulse: boolean;
  figures: SchoolFigures;
  change: SchoolChange[];
  sameDirector: boolean;
  wording: Pick<InCommon, 'sameScale' | 'reworded'>;
};

export type SchoolReport = ReportName & {
  /** As whom it is shown; null for a trainer. */
  viewer: Viewer | null;
  figures: SchoolFigures;
  /** Whether the gaps, classes and readings are as scored, or without the level difference over the whole list. */
  level: ShownLevel;
  /** The figures as scored, which the words that open a report are about. */
  asScored: SchoolFigures;
  facts: PageFacts;
  remarks: ShownRemark[];
  /** The balance of advising and coaching; null for a list without them. */
  balances: ViewBalance[] | null;
  /** The IB'er's own scale questions; null for every other viewer: they are private (rules.md, Answers). */
  lookBack: OwnLookBack | null;
  /** Oldest first. */
  earlier: EarlierRound[];
  /** What the round asked. */
  instrument: Instrument;
  /** Of a pulse, what it left out; null for a round that asked the whole list. */
  pulse: OfWhole | null;
};

/** The released reports of the signed-in IB'er or director, newest first. */
export async function listOwn(db: Db, actor: Actor): Promise<ReportName[]> {
  if (actor.kind !== 'user' || actor.personId === null) return [];
  return (await queries.listReportsOfPerson(db, actor.personId)).map(toName);
}

/**
 * One school's report, as this person may see it. Whatever shows or sends a report's figures gets them here, so that
 * none leaves before the director has confirmed what they are for (product.md, Disclosure rules). Without the level
 * difference only where there is one that matters (measurement.md §4).
 * @throws DomainError not_found; forbidden when the person may not see it, or it has not been released; report_taken_back for
 *   its own readers where it was released before; confirmation_needed
 */
export async function get(
  db: Db,
  actor: Actor,
  schoolRoundId: string,
  wanted: ShownLevel = 'with',
): Promise<SchoolReport> {
  return compose(db, await admit(db, actor, schoolRoundId), wanted);
}

/** Whose report somebody may read, and as whom. */
type Admitted = { row: queries.ReportRow; viewer: Viewer | null };

async function admit(db: Db, actor: Actor, schoolRoundId: string): Promise<Admitted> {
  const row = await find(db, actor, schoolRoundId);
  const viewer = viewerOf(actor, row);
  await assertConfirmed(db, row, viewer);
  return { row, viewer };
}

async function compose(db: Db, { row, viewer }: Admitted, wanted: ShownLevel): Promise<SchoolReport> {
  const list = await loadAsked(db, row);
  const seen = seenSnapshot(row, viewer);
  // What a pulse did not ask is said once, and not at every figure.
  const asScored = withoutUnasked(schoolFigures(seen, list.outline));
  const isWithout = wanted === 'without' && levelMatters(elevation(levelOf(asScored.overall.gaps)));
  const figures = isWithout ? withoutLevel(asScored) : asScored;
  const earlier: EarlierRound[] = [];
  for (const before of await queries.listReportsOfSeries(db, row.seriesId)) {
    if (before.roundNumber >= row.roundNumber || before.releasedAt === null) continue;
    const beforeList = await loadAsked(db, before);
    const beforeFigures = withoutUnasked(figuresOf(before, beforeList, viewer));
    const { isPulse } = beforeList;
    const sameDirector = before.directorId !== null && before.directorId === row.directorId;
    const [from, to] = isPulse || list.isPulse ? overCommon(beforeFigures, asScored) : [beforeFigures, asScored];
    const { same, ...wording } = wordingOf(beforeList, list);
    const change = schoolChange(from, to, { ib: true, director: sameDirector }, new Set(same));
    earlier.push({ name: toName(before), isPulse, figures: beforeFigures, change, sameDirector, wording });
  }
  return {
    ...toName(row),
    viewer,
    figures,
    level: isWithout ? 'without' : 'with',
    asScored,
    facts: pageFacts(
      figures,
      seen,
      baseCompetency(list.instrument.competencies),
      isWithout ? levelTakenOff(asScored.overall.gaps) : null,
    ),
    remarks: seen.remarks,
    balances: list.isPulse ? null : viewBalances(asScored, wholeOnly(earlier), list.instrument.competencies),
    lookBack:
      viewer === 'ib' && !list.isPulse
        ? ownLookBack(await readers.listOwnScales(db, row), row.roundNumber, list.instrument.competencies)
        : null,
    earlier,
    instrument: list.instrument,
    pulse: ofWhole(list),
  };
}

/** A report that somebody may read. `read` analyses it, which a page's beginning need not wait for; it refuses nothing any more. */
export type OpenedReport = { name: ReportName; read: (wanted: ShownLevel) => Promise<SchoolReport> };

/**
 * As `get`, for somebody who reads it on a page: the log says who opened which report, once a day, before any of it is read.
 * @throws DomainError as `get`, before anything is read
 */
export async function open(
  db: Db,
  readDb: Db,
  actor: UserActor,
  schoolRoundId: string,
  now: Date,
): Promise<OpenedReport> {
  const admitted = await admit(readDb, actor, schoolRoundId);
  await audit.recordOnceADay(db, readDb, actor, 'report.opened', { type: 'school_round', id: schoolRoundId }, now);
  return { name: toName(admitted.row), read: (wanted) => compose(readDb, admitted, wanted) };
}

/**
 * Whose report it is, and whether it is about what director and IB'er do together, without any figure: for the page that
 * asks for the confirmation.
 * @throws DomainError not_found, forbidden as `get`
 */
export async function nameOf(
  db: Db,
  actor: Actor,
  schoolRoundId: string,
): Promise<ReportName & { isTogether: boolean }> {
  const row = await find(db, actor, schoolRoundId);
  return { ...toName(row), isTogether: await asksTogether(db, row) };
}

/**
 * The director confirms that this report is for development and no appraisal; once is enough, again is harmless.
 * @throws DomainError not_found, forbidden as `get`; forbidden too for anybody but the director of the school round
 */
export async function confirm(db: Db, actor: Actor, schoolRoundId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await find(trx, actor, schoolRoundId);
    if (viewerOf(actor, row) !== 'director' || row.directorId === null) throw new DomainError('forbidden');
    const confirmation = { schoolRoundId, personId: row.directorId, confirmedAt: nowIso() };
    if (!(await readers.insertConfirmation(trx, confirmation))) return;
    await audit.record(trx, actor, 'report.confirmed', { type: 'school_round', id: schoolRoundId });
  });
}

/**
 * Writes down that the operator reads a cohort's reports, or its figures, before any of it is given.
 * @throws DomainError forbidden
 */
export async function noteReading(db: Db, actor: Actor, what: 'reports' | 'figures', cohortId: string): Promise<void> {
  if (actor.kind !== 'operator') throw new DomainError('forbidden');
  const action = what === 'reports' ? 'report.opened' : 'cohort.figures_opened';
  await audit.record(db, actor, action, { type: 'cohort', id: cohortId });
}

/** One line of `report --json` (interfaces.md). */
export type ReportLine = { cohort: string; school: string; round: string; ratee: string | null } & SchoolFigures;

/**
 * The figures of every closed school round of a cohort, as the page shows them, for the operator.
 * @throws DomainError not_found, forbidden
 */
export async function* lines(
  db: Db,
  actor: Actor,
  cohortId: string,
  wanted: { school?: string; round?: string; viewer?: Viewer },
): AsyncGenerator<ReportLine> {
  if (actor.kind !== 'operator' || !may(actor, 'see_school_report')) throw new DomainError('forbidden');
  for (const row of await queries.listReportsOfCohort(db, cohortId)) {
    const { cohort, school, round, ratee } = toName(row);
    if (wanted.round !== undefined && wanted.round !== round) continue;
    if (wanted.school !== undefined && wanted.school !== school && wanted.school !== row.schoolName) continue;
    const list = await loadAsked(db, row);
    yield { cohort, school, round, ratee, ...figuresOf(row, list, wanted.viewer ?? null) };
  }
}

async function find(db: Db, actor: Actor, schoolRoundId: string): Promise<queries.ReportRow> {
  const row = await queries.findReport(db, schoolRoundId);
  if (!row) throw new DomainError('not_found');
  if (maySee(actor, row)) return row;
  // Who could read it knows that it is there, and still has the link of the mail.
  const couldRead = row.releasedAt === null && viewerOf(actor, row) !== null;
  if (couldRead && (await readers.wasTakenBack(db, schoolRoundId))) throw new DomainError('report_taken_back');
  throw new DomainError('forbidden');
}

/** Asked of the director only, who could be tempted to use it otherwise: it is the director who appraises at a school. */
async function assertConfirmed(db: Db, row: queries.ReportRow, viewer: Viewer | null): Promise<void> {
  if (viewer !== 'director' || row.directorId === null) return;
  if (await readers.hasConfirmed(db, row.schoolRoundId, row.directorId)) return;
  throw new DomainError('confirmation_needed');
}

function figuresOf(row: queries.ReportRow, list: AskedList, viewer: Viewer | null): SchoolFigures {
  return schoolFigures(seenSnapshot(row, viewer), list.outline);
}

/** Of the aspects that both rounds asked, which have the same words and which others. */
function wordingOf(before: AskedList, now: AskedList): Pick<InCommon, 'same' | 'sameScale' | 'reworded'> {
  const { same, sameScale, reworded } = inCommon(before.instrument, now.instrument);
  return { same, sameScale, reworded };
}

/** A balance over what a pulse happened to ask would be another figure by the same name. */
function wholeOnly(earlier: readonly EarlierRound[]): EarlierRound[] {
  return earlier.filter(({ isPulse }) => !isPulse);
}

/** What the report is made from, as this viewer may see it. */
export function seenSnapshot(row: queries.ReportRow, viewer: Viewer | null): Snapshot {
  const snapshot = JSON.parse(row.document) as Snapshot; // written by takeSnapshots
  return viewer === null ? snapshot : forViewer(snapshot, viewer);
}

function toName(row: queries.ReportRow): ReportName {
  return {
    schoolRoundId: row.schoolRoundId,
    cohort: row.cohortName,
    school: row.brin ?? row.schoolName,
    schoolName: row.schoolName,
    round: row.roundName,
    place: row.isPulse ? null : row.roundNumber + 1 - row.pulsesBefore,
    closedAt: row.closedAt,
    ratee: row.rateeName,
    director: row.directorName,
  };
}
