import { clarityOfRound, withoutExpected } from '#lib/analysis/clarity.ts';
import type { Clarity, ClarityUnit } from '#lib/analysis/clarity.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { CohortReason } from '#lib/disclosure/cohort-reason.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { Outline } from '#lib/instrument/types.ts';
import { shownSums, withheldBecause, type Gone, type SumsViewer } from './round-figures.ts';
import type { AspectSums, RoundSums } from './round-sums.ts';

/** One school round when the round closes: all its submitted answers. */
export type ClosedUnit = ClarityUnit;

/**
 * The clarity of a closed round over all its answers, to be stored: it is not computed again when an answer is erased
 * (rules.md, Shown and withheld). `teachersIn` names by school the aspects on which its teachers' score is in N.
 */
export type RoundClarity = { rows: Clarity[]; teachersIn: Record<string, string[]> };

/** Mean over schools of the shown competency scores, 1–5; `n` counts those scores. Null has a reason. */
type CohortView = { view: View; competency: string; mean: number | null; n: number; reason?: CohortReason };

type ClarityFigure = 'U' | 'C' | 'C_director' | 'C_ib' | 'C_teacher' | 'N' | 'K';

/** Clarity of an aspect with a reason for each figure that is null. */
export type ClarityRow = Clarity & { reasons: Partial<Record<ClarityFigure, Reason>> };

/** The figures of one cohort and round (interfaces.md, `cohort-report --json`, without the names). */
export type CohortFigures = { schools: number; views: CohortView[]; clarity: ClarityRow[] };

/**
 * What was stored of a closed round, what went from it since, and what it asked. `noise` is there where the sums are over some of its schools
 * only: N is over all of them, `unread` among them.
 */
export type StoredRound = {
  sums: RoundSums;
  clarity: RoundClarity;
  gone: Gone;
  outline: Outline;
  noise?: { sums: RoundSums; gone: Gone; unread: ReadonlySet<string> };
};

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
 * Means and clarity of one closed round, from what was stored of it. Means are of shown scores only, so no withheld
 * view is inside them; U, C and N are over all submitted answers (rules.md, Shown and withheld).
 */
export function cohortFigures(stored: StoredRound, viewer: SumsViewer): CohortFigures {
  const { schools, views } = shownSums(stored.sums, stored.gone, viewer);
  return {
    schools,
    views: views.map(({ view, competency, mean, n, reason }) =>
      reason === undefined ? { view, competency, mean, n } : { view, competency, mean, n, reason },
    ),
    clarity: clarityRows(stored, viewer),
  };
}

/** The clarity of each aspect that this viewer may see, with the flags that ask for attention, in the order of the list. */
export function clarityRows(stored: StoredRound, viewer: SumsViewer): ClarityRow[] {
  const { sums, gone, unread } = stored.noise ?? { ...stored, unread: new Set() };
  const listed = stored.outline.competencies.flatMap((competency) => competency.aspects);
  const seenBy = new Map(listed.map(({ code, observableBy }) => [code, observableBy]));
  const inside = new Map(Object.entries(stored.clarity.teachersIn).map(([school, codes]) => [school, new Set(codes)]));
  const aspects = new Map(sums.aspects.map((aspect) => [aspect.code, aspect]));
  return stored.clarity.rows.map((row) => {
    const aspect = aspects.get(row.aspect);
    const hidden = aspect ? hiddenInNoise(aspect, sums, inside, { gone, unread, viewer }) : 0;
    return clarityRow(withoutExpected(row, seenBy.get(row.aspect) ?? VIEWS), hidden, viewer);
  });
}

/**
 * Schools, or people where one is at several, with a value in N that could be solved for: a view that went since, and for
 * whoever sees single schools a teachers' score that is withheld by itself. The operator has those scores anyway
 * (`export-responses`). A school that is not read yet may be the last one day, so that one of those is enough.
 */
function hiddenInNoise(
  aspect: AspectSums,
  sums: RoundSums,
  teachersIn: ReadonlyMap<string, ReadonlySet<string>>,
  { gone, unread, viewer }: { gone: Gone; unread: ReadonlySet<string>; viewer: SumsViewer },
): number {
  const [schools, people] = [new Set<string>(), new Set<string | null>()];
  const hide = (school: string, person: string | null) => {
    schools.add(school);
    people.add(person);
  };
  const isIn = (view: View, index: number) => aspect.views[view]?.of.includes(index) ?? false;
  const wasSummed = (view: View, index: number) =>
    sums.views.some((one) => one.view === view && one.sum?.of.includes(index));
  for (const [index, { schoolRoundId, school }] of sums.units.entries()) {
    if (unread.has(schoolRoundId)) return 1;
    const went = gone.get(schoolRoundId);
    for (const [view, person] of went ?? []) {
      // A view that went before there were sums is in N and not in them.
      if (isIn(view, index) || !wasSummed(view, index)) hide(school, person);
    }
    const withheld = !isIn('teacher', index) && teachersIn.get(school)?.has(aspect.code);
    if (withheld && viewer.seesSchools) hide(school, schoolRoundId);
  }
  return Math.min(schools.size, people.size);
}

const FIGURES = ['U', 'C', 'C_director', 'C_ib', 'C_teacher', 'N', 'K'] as const satisfies readonly ClarityFigure[];

/**
 * N is a variance of scores, so whoever sees the other schools could solve it for one or two withheld cells; then N and K
 * are withheld, and the flag that tells of N (measurement.md §9.6). U and C hold no score and no single school's shares
 * are ever shown.
 */
function clarityRow(row: Clarity, hiddenInside: number, viewer: SumsViewer): ClarityRow {
  const shown = withheldBecause(row.schools, hiddenInside, viewer) === null ? row : withoutNoise(row);
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
