import type { CompareReason, Dropped } from '#lib/disclosure/cohort-reason.ts';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { AspectDifference, ChangeFigure } from './change-figures.ts';
import { cohortFigures, type CohortFigures } from './cohort-figures.ts';
import { closedOf, listClosed, type Stored } from './cohort-service.ts';
import { change, comparison } from './comparison-service.ts';
import { clarityNotAsked, viewsNotAsked } from './not-asked.ts';

/** A change on one line of `cohort-report --json`. `dropped` counts schools by reason; every null has a `reason`. */
export type ChangeLine = Pick<ChangeFigure, 'view' | 'competency' | 'n' | 'status' | 'reason'> & {
  from: string;
  to: string;
  mean: number | null;
  ci_low: number | null;
  ci_high: number | null;
  g_av: number | null;
  dropped: Partial<Record<Dropped, number>>;
};

/** The other cohort minus this one. */
export type ComparisonLine = Pick<ChangeFigure, 'view' | 'competency'> & {
  other: string;
  n: number;
  n_other: number;
  difference: number | null;
  ci_low: number | null;
  ci_high: number | null;
  reason?: CompareReason | 'no_variation';
};

type AspectLine = { aspect: string; view: string; difference: number; q: number };

/** `cohort-report --json` (interfaces.md). Unrounded. */
export type CohortReport = { cohort: string; round: string } & CohortFigures & {
    change?: ChangeLine[];
    aspectsThatChanged?: AspectLine[];
    comparison?: ComparisonLine[];
    aspectsThatDiffer?: AspectLine[];
  };

/** What the report is asked beside the round: an earlier round of the cohort, and another cohort, by its id. */
export type Beside = { from?: string | undefined; other?: string | undefined };

/**
 * The figures of a cohort in one closed round, by name; with `from` the change since that round, with `other` that cohort's
 * round of the same name beside it.
 * @throws DomainError forbidden; not_found when a cohort has no closed round of that name, or `from` is not before `round`
 */
export async function cohortReport(
  db: Db,
  actor: Actor,
  cohortId: string,
  round: string,
  { from, other }: Beside = {},
): Promise<CohortReport> {
  const stored = await closedOf(db, actor, await named(db, actor, cohortId, round));
  const { id, cohort } = stored.round;
  const report: CohortReport = { cohort: cohort.name, round, ...figuresOf(stored) };
  if (from !== undefined) {
    const found = await change(db, actor, await named(db, actor, cohortId, from), id);
    report.change = found.views.map((row) => changeLine(row, from, round));
    report.aspectsThatChanged = aspectLines(found.aspects);
  }
  if (other !== undefined) {
    const found = await comparison(db, actor, id, await named(db, actor, other, round));
    report.comparison = found.views.map((row) => ({
      view: row.view,
      competency: row.competency,
      other: found.other.cohort.name,
      n: row.n,
      n_other: row.otherN,
      difference: row.difference,
      ci_low: row.low,
      ci_high: row.high,
      ...reasonOf(row),
    }));
    report.aspectsThatDiffer = aspectLines(found.aspects);
  }
  return report;
}

function figuresOf(stored: Stored): CohortFigures {
  const { schools, views, clarity } = cohortFigures(stored, stored.viewer);
  const { roles } = stored;
  return { schools, views: viewsNotAsked(views, roles), clarity: clarityNotAsked(clarity, roles) };
}

async function named(db: Db, actor: Actor, cohortId: string, name: string): Promise<string> {
  const found = (await listClosed(db, actor, cohortId)).find((one) => one.name === name);
  if (!found) throw new DomainError('not_found');
  return found.id;
}

function changeLine(row: ChangeFigure, from: string, to: string): ChangeLine {
  // The vectors give the value for both ends where every school changed alike; the status says that it is no interval.
  const alike = row.status === 'no_variation' ? row.change : null;
  return {
    view: row.view,
    competency: row.competency,
    from,
    to,
    n: row.n,
    status: row.status,
    mean: row.change,
    ci_low: row.low ?? alike,
    ci_high: row.high ?? alike,
    g_av: row.gAv,
    dropped: row.dropped,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  };
}

/** A difference without variation has no interval, and says so. */
function reasonOf({
  reason,
  difference,
  low,
}: {
  reason?: CompareReason;
  difference: number | null;
  low: number | null;
}) {
  if (reason !== undefined) return { reason };
  return difference !== null && low === null ? { reason: 'no_variation' as const } : {};
}

/** The operator reads every difference; a withheld one would have no line, for there is no figure to give. */
function aspectLines(found: readonly AspectDifference[]) {
  return found.flatMap(({ aspect, view, difference, q }) =>
    difference === null ? [] : [{ aspect, view, difference, q }],
  );
}
