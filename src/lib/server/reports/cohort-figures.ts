import { clarityOfRound } from '#lib/analysis/clarity.ts';
import type { Clarity, ClarityUnit } from '#lib/analysis/clarity.ts';
import { distinctSchools } from '#lib/analysis/distinct-schools.ts';
import type { Behind } from '#lib/analysis/distinct-schools.ts';
import { meanOf } from '#lib/analysis/mean.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { cohortFigureShown } from '#lib/disclosure/cohort-figure.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { Outline } from '#lib/instrument/types.ts';
import type { SchoolFigures } from './figures.ts';

/** One school round when the round closes: all its submitted answers. */
export type ClosedUnit = ClarityUnit;

/**
 * The clarity of a closed round over all its answers, to be stored: it is not computed again when an answer is erased
 * (rules.md, Shown and withheld). `teachersIn` names by school the aspects on which its teachers' score is in N.
 */
export type RoundClarity = { rows: Clarity[]; teachersIn: Record<string, string[]> };

/** One school round of the cohort: whose it is, and its figures without a viewer. */
type CohortUnit = Behind & { figures: SchoolFigures };

/** Mean over schools of the shown competency scores, 1–5; `n` counts those scores. Null has a reason. */
type CohortView = { view: View; competency: string; mean: number | null; n: number; reason?: Reason };

type ClarityFigure = 'U' | 'C' | 'C_director' | 'C_ib' | 'C_teacher' | 'N' | 'K';

/** Clarity of an aspect with a reason for each figure that is null. */
type ClarityRow = Clarity & { reasons: Partial<Record<ClarityFigure, Reason>> };

/** The figures of one cohort and round (interfaces.md, `cohort-report --json`, without the names). */
export type CohortFigures = { schools: number; views: CohortView[]; clarity: ClarityRow[] };

/** Who looks: whether single schools' values are on other screens of this viewer. */
type CohortViewer = { viewerSeesSchoolValues: boolean };

/** Clarity of a round over all submitted answers (measurement.md §6). Plain JSON. */
export function roundClarity(units: readonly ClosedUnit[], outline: Outline): RoundClarity {
  const aspects = outline.competencies.flatMap((competency) => competency.aspects.map(({ code }) => code));
  const teachersIn = new Map<string, Set<string>>();
  for (const { school, tallies } of units) {
    const known = teachersIn.get(school) ?? new Set();
    for (const [aspect, { score }] of tallies.teacher) if (score !== null) known.add(aspect);
    teachersIn.set(school, known);
  }
  return {
    rows: clarityOfRound(units, aspects),
    teachersIn: Object.fromEntries([...teachersIn].map(([school, codes]) => [school, [...codes]])),
  };
}

/**
 * Means and clarity over the school rounds of one cohort and round. Means are of shown scores only, so no withheld
 * view is inside them; U, C and N are over all submitted answers (rules.md, Shown and withheld).
 */
export function cohortFigures(
  units: readonly CohortUnit[],
  clarity: RoundClarity,
  outline: Outline,
  viewer: CohortViewer,
): CohortFigures {
  const hidden = hiddenTeacherSchools(units, clarity.teachersIn);
  return {
    schools: new Set(units.map(({ school }) => school)).size,
    views: VIEWS.flatMap((view) => outline.competencies.map(({ code }) => cohortView(units, view, code, viewer))),
    clarity: clarity.rows.map((row) => clarityRow(row, hidden.get(row.aspect)?.size ?? 0, viewer)),
  };
}

function cohortView(
  units: readonly CohortUnit[],
  view: View,
  competency: string,
  { viewerSeesSchoolValues }: CohortViewer,
): CohortView {
  const scored = units.flatMap((unit) => {
    const figures = unit.figures.competencies.find(({ code }) => code === competency);
    const score = figures?.views[view].score ?? null;
    return score === null ? [] : [{ ...unit, score }];
  });
  const schools = distinctSchools(scored, view === 'director');
  const n = scored.length;
  if (!cohortFigureShown({ schools, hiddenInside: 0, viewerSeesSchoolValues })) {
    return { view, competency, mean: null, n, reason: 'too_few_schools' };
  }
  return { view, competency, mean: meanOf(scored.map(({ score }) => score)), n };
}

/** By aspect: the schools whose teachers' score is in N although it is withheld by itself, now or since closing. */
function hiddenTeacherSchools(
  units: readonly CohortUnit[],
  teachersIn: RoundClarity['teachersIn'],
): ReadonlyMap<string, ReadonlySet<string>> {
  const hidden = new Map<string, Set<string>>();
  for (const { school, figures } of units) {
    const inside = new Set(teachersIn[school]);
    for (const { code, views } of figures.aspects) {
      if (views.teacher.score !== null || !inside.has(code)) continue;
      hidden.set(code, (hidden.get(code) ?? new Set()).add(school));
    }
  }
  return hidden;
}

const FIGURES = ['U', 'C', 'C_director', 'C_ib', 'C_teacher', 'N', 'K'] as const satisfies readonly ClarityFigure[];

/**
 * N is a variance of scores, so whoever sees the other schools could solve it for one or two withheld teachers' cells;
 * then N and K are withheld, and the flag that tells of N (measurement.md §9.6). U and C hold no score and no single school's shares are ever shown.
 */
function clarityRow(row: Clarity, hiddenInside: number, { viewerSeesSchoolValues }: CohortViewer): ClarityRow {
  const allowed = cohortFigureShown({ schools: row.schools, hiddenInside, viewerSeesSchoolValues });
  const shown = allowed ? row : withoutNoise(row);
  const reasons: Partial<Record<ClarityFigure, Reason>> = {};
  for (const figure of FIGURES) {
    if (shown[figure] !== null) continue;
    reasons[figure] = row[figure] === null ? 'too_few_schools' : 'hidden_cells';
  }
  return { ...shown, reasons };
}

function withoutNoise(row: Clarity): Clarity {
  if (row.class === 'insufficient') return row;
  const flags = row.flags.filter((flag) => flag !== 'N');
  return { ...row, N: null, K: null, flags, class: flags.length > 0 ? 'attention' : 'clear' };
}
