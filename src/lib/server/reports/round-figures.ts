import { distinctSchools } from '#lib/analysis/distinct-schools.ts';
import { perView } from '#lib/analysis/per-view.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { meanInterval } from '#lib/analysis/summary.ts';
import { PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import { cohortFigureShown } from '#lib/disclosure/cohort-figure.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { CohortReason } from '#lib/disclosure/cohort-reason.ts';
import { behindOf, type GapSum, type RoundSums, type Sum, type SummedUnit } from './round-sums.ts';

/**
 * A mean over school rounds, unrounded, with its 95 % interval. `n` counts school rounds, `schools` different schools (and
 * IB'ers, directors). Null figures have a reason; the counts are always there.
 */
export type Figure = {
  n: number;
  schools: number;
  mean: number | null;
  sd: number | null;
  low: number | null;
  high: number | null;
  reason?: CohortReason;
};

/**
 * Of a gap also the mean size and how many school rounds have a large one (1.5 or more). Where the mean is withheld because
 * of what it would tell beside the views' own (`tellsOfOne`), `size` is in half points, to choose by and not to show, and
 * `large` is there; else both are null with the mean.
 */
export type GapOverSchools = Figure & { size: number | null; large: number | null };

export type AspectOverSchools = {
  code: string;
  competency: string;
  views: Record<View, Figure>;
  gaps: Record<Pair, GapOverSchools>;
  /** How many school rounds have each reading; null below five schools or where somebody's view went since. */
  readings: Partial<Record<Reading, number>> | null;
  reason?: CohortReason;
};

/** What a viewer may see of a round's sums. */
export type ShownSums = {
  schools: number;
  views: (Figure & { view: View; competency: string })[];
  gaps: (GapOverSchools & { pair: Pair; competency: string })[];
  aspects: AspectOverSchools[];
};

/** Views that are in the sums and withheld since, by school round, each with whom it went by; null: nobody knows any more. */
export type Gone = ReadonlyMap<string, ReadonlyMap<View, string | null>>;

/**
 * Who looks: whether single schools' values are on other screens of this viewer (the cohort's setting; the sums are then over
 * those), and whether it is the operator, who reads every school on other lines, and raters too, but nothing that went since.
 * `totalsOnly`: somebody of a steering group, to whom no round's own means are ever shown, so that a change has nothing to be
 * subtracted from. `ownSchools`: at how many schools of the round the viewer was asked too, and so knows a value: of a mean over
 * five schools the rest is what four gave.
 */
export type SumsViewer = { seesSchools: boolean; operator: boolean; totalsOnly?: boolean; ownSchools?: number };

/** Who looks at two rounds beside each other: over the same schools, what is known of one round takes a school off both. */
export function viewerOfBoth(from: SumsViewer, to: SumsViewer): SumsViewer {
  return { ...to, ownSchools: Math.max(from.ownSchools ?? 0, to.ownSchools ?? 0) };
}

/** True of whoever reads every value in the sums by itself: beside those a sum over part of them tells nothing. */
export function readsAll({ seesSchools, operator }: SumsViewer): boolean {
  return seesSchools || operator;
}

/** The figures of a round's sums that this viewer may see (measurement.md §9.6). */
export function shownSums(sums: RoundSums, gone: Gone, viewer: SumsViewer): ShownSums {
  const hidden = (of: readonly number[], views: readonly View[]) => goneInside(sums.units, of, views, gone);
  const figure = (sum: Sum | null, ...views: View[]) => shownFigure(sum, hidden(sum?.of ?? [], views), viewer);
  const gap = (sum: GapSum | null, pair: Pair, views: Record<View, Sum | null>, most = Infinity) =>
    shownGap(sum, hidden(sum?.of ?? [], PAIR_VIEWS[pair]), {
      viewer,
      tells: PAIR_VIEWS[pair].some((view) =>
        tellsOfOne(sums.units, { view, whole: views[view], part: sum, most }, viewer),
      ),
    });
  const ofCompetency = (competency: string) => (view: View) =>
    sums.views.find((one) => one.view === view && one.competency === competency)?.sum ?? null;
  const aspectsIn = Map.groupBy(sums.aspects, ({ competency }) => competency);
  // A mean of few aspects is nearly that of one (a pulse asks as few as it likes).
  const most = (competency: string) =>
    (aspectsIn.get(competency)?.length ?? 0) < LIMITS.minAspectsOfMean ? Infinity : LIMITS.maxTellingSchools;
  const everywhere = sums.units.map((_, index) => index);
  const readings = withheldBecause(sums.schools, hidden(everywhere, ['director', 'ib', 'teacher']), viewer);
  return {
    schools: sums.schools,
    views: sums.views.map(({ view, competency, sum }) => ({ view, competency, ...figure(sum, view) })),
    gaps: sums.gaps.map(({ pair, competency, sum }) => ({
      ...{ pair, competency },
      ...gap(sum, pair, perView(ofCompetency(competency)), most(competency)),
    })),
    aspects: sums.aspects.map((one) => ({
      code: one.code,
      competency: one.competency,
      views: {
        director: figure(one.views.director, 'director'),
        ib: figure(one.views.ib, 'ib'),
        teacher: figure(one.views.teacher, 'teacher'),
      },
      gaps: {
        ib_director: gap(one.gaps.ib_director, 'ib_director', one.views),
        ib_teacher: gap(one.gaps.ib_teacher, 'ib_teacher', one.views),
        director_teacher: gap(one.gaps.director_teacher, 'director_teacher', one.views),
      },
      ...(readings === null ? { readings: one.readings } : { readings: null, reason: readings }),
    })),
  };
}

/** Different schools, and different people, among these school rounds of which one of the views went since: the fewest of both. */
export function goneInside(
  units: readonly { schoolRoundId: string; school: string }[],
  of: readonly number[],
  views: readonly View[],
  gone: Gone,
): number {
  if (gone.size === 0) return 0;
  const inside = of.flatMap((index) => units[index] ?? []);
  const went = inside.flatMap(({ schoolRoundId, school }) =>
    views.flatMap((view) => {
      const person = gone.get(schoolRoundId)?.get(view);
      return person === undefined ? [] : [{ school, person }];
    }),
  );
  const schools = new Set(went.map(({ school }) => school));
  const people = new Set(went.map(({ person }) => person));
  return Math.min(schools.size, people.size);
}

/** The reason to withhold a figure over schools; null when it may be shown. */
export function withheldBecause(schools: number, hiddenInside: number, viewer: SumsViewer): CohortReason | null {
  const others = schools - (viewer.ownSchools ?? 0);
  if (cohortFigureShown({ schools: others, hiddenInside, viewerSeesSchoolValues: readsAll(viewer) })) return null;
  return schools < LIMITS.minSchools ? 'too_few_schools' : 'hidden_cells';
}

function shownFigure(sum: Sum | null, hiddenInside: number, viewer: SumsViewer): Figure {
  const counts = { n: sum?.n ?? 0, schools: sum?.schools ?? 0 };
  const reason = withheldBecause(counts.schools, hiddenInside, viewer);
  if (sum === null || reason !== null) {
    return { ...counts, mean: null, sd: null, low: null, high: null, reason: reason ?? 'too_few_schools' };
  }
  const { low = null, high = null } = meanInterval(sum) ?? {};
  return { ...counts, mean: sum.mean, sd: sum.sd, low, high };
}

function shownGap(
  sum: GapSum | null,
  hiddenInside: number,
  { viewer, tells }: { viewer: SumsViewer; tells: boolean },
): GapOverSchools {
  const figure = shownFigure(sum, hiddenInside, viewer);
  if (sum === null || figure.mean === null) return { ...figure, size: null, large: null };
  if (!tells || readsAll(viewer)) return { ...figure, size: sum.meanAbsolute, large: sum.large };
  const none = { mean: null, sd: null, low: null, high: null, reason: 'hidden_cells' as const };
  return { ...figure, ...none, size: Math.round(sum.meanAbsolute * 2) / 2, large: sum.large };
}

/**
 * True when a figure over part of the school rounds would tell what the others' scores are, beside the figure over all of
 * them: a group and a part of it have five schools between them, or are equal (measurement.md §9.6). Scores of an aspect are
 * whole numbers, so one decimal hides nothing at any usual number of schools; of a competency it does above `most`.
 */
export function tellsOfOne(
  units: readonly SummedUnit[],
  {
    view,
    whole,
    part,
    most,
  }: { view: View; whole: Pick<Sum, 'of'> | null; part: Pick<Sum, 'of'> | null; most: number },
  { ownSchools = 0 }: Pick<SumsViewer, 'ownSchools'>,
): boolean {
  if (whole === null || part === null || whole.of.length > most) return false;
  const inside = new Set(part.of);
  const others = whole.of.filter((place) => !inside.has(place)).flatMap((place) => units[place] ?? []);
  const different = distinctSchools(others.map(behindOf), view === 'director');
  return others.length > 0 && different - ownSchools < LIMITS.minSchools;
}
