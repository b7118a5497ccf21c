import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { needed } from '#lib/analysis/coverage.ts';
import { elevation } from '#lib/analysis/elevation.ts';
import type { Elevation } from '#lib/analysis/elevation.ts';
import { meanOf } from '#lib/analysis/mean.ts';
import type { MeaningCause } from '#lib/analysis/reading.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair } from '#lib/analysis/types.ts';
import { levelOf, viewDifferences } from '#lib/analysis/view-differences.ts';
import type { Level, ViewDifferences } from '#lib/analysis/view-differences.ts';
import { firstToDiscuss } from '#lib/conversation/first-to-discuss.ts';
import type { FirstAspect } from '#lib/conversation/first-to-discuss.ts';
import type { Snapshot, SnapshotAspect } from '#lib/disclosure/snapshot.ts';
import type { AspectFigures, CompetencyFigures, SchoolFigures } from './figures.ts';

/** The lists of a report, by machine word; every aspect is in at most one. */
const LISTS = [
  'check_meaning',
  'not_observed',
  'contested',
  'blind_spot',
  'hidden_strength',
  'shared_strength',
  'shared_growth',
] as const;
type ListName = (typeof LISTS)[number];

/** Aspect codes, largest first: those to show and those behind "more" (measurement.md §4). */
export type AspectList = { top: string[]; rest: string[] };

/** What the page says about the figures, from what the viewer may see alone. */
export type PageFacts = {
  /** The level difference that opens the report. */
  elevation: Elevation;
  /** What to talk about first, at most three, and the code of the base competency; null in a list without. */
  first: FirstAspect[];
  base: string | null;
  lists: Record<ListName, AspectList>;
  /** By aspect code: size of the largest difference, scale points, to sort by; null when there is no difference. */
  sortKeys: Record<string, number | null>;
  /** By aspect code, only where the reading is `check_meaning`; never by view or rater. */
  meaning: Record<string, MeaningCause[]>;
  /** By competency code: judged aspects that a score needs, and the gaps that need the note "over the n aspects". */
  competencies: Record<string, { needed: number; gapNotes: Pair[] }>;
};

/**
 * Facts for a school page, from figures and snapshot as the viewer may see them; so nothing withheld is in them. `base`
 * is the code of the base competency, null in a list without. Figures without the level difference come with that level.
 */
export function pageFacts(
  figures: SchoolFigures,
  seen: Pick<Snapshot, 'aspects'>,
  base: string | null,
  level: Level | null = null,
): PageFacts {
  const sized = figures.aspects.map((aspect) => sizedAspect(aspect, level));
  return {
    elevation: elevation(levelOf(figures.overall.gaps)),
    first: firstToDiscuss(
      sized.map((aspect) => ({ ...aspect, size: sortKey(aspect) })),
      base,
    ),
    base,
    lists: listsOf(sized),
    sortKeys: Object.fromEntries(sized.map((aspect) => [aspect.code, sortKey(aspect)])),
    meaning: Object.fromEntries(
      seen.aspects
        .map((aspect) => [aspect.code, meaningCauses(aspect)] as const)
        .filter(([, causes]) => causes.length > 0),
    ),
    competencies: Object.fromEntries(
      figures.competencies.map((one) => [
        one.code,
        { needed: needed(one.aspects), gapNotes: level ? [] : gapNotes(one) },
      ]),
    ),
  };
}

function meaningCauses({ flags, views }: SnapshotAspect): MeaningCause[] {
  const causes: MeaningCause[] = [];
  if (VIEWS.some((view) => views[view].unclear)) causes.push('flagged');
  if (flags.includes('U')) causes.push('cohort_unclear');
  if (flags.includes('N')) causes.push('cohort_differs');
  return causes;
}

/** An aspect with the differences that it is sorted by. */
type SizedAspect = AspectFigures & { differences: ViewDifferences };

function sizedAspect(aspect: AspectFigures, level: Level | null): SizedAspect {
  const { director, ib, teacher } = aspect.views;
  const scores = { director: director.score, ib: ib.score, teacher: teacher.score };
  return { ...aspect, differences: viewDifferences(scores, level) };
}

/** The larger of |director − teachers| and |IB'er − others|; null with fewer than two views. */
function sortKey({ differences: { self, others } }: SizedAspect): number | null {
  const sizes = [others, self].filter((size) => size !== null).map(Math.abs);
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** By which figure a list is sorted, largest first. */
const SIZE: Readonly<Record<ListName, (aspect: SizedAspect) => number | null>> = {
  check_meaning: sortKey,
  not_observed: sortKey,
  contested: ({ differences: { others } }) => (others === null ? null : Math.abs(others)),
  blind_spot: ({ differences }) => differences.self,
  hidden_strength: ({ differences }) => negative(differences.self),
  shared_strength: viewsMean,
  shared_growth: (aspect) => negative(viewsMean(aspect)),
};

function viewsMean({ views }: AspectFigures): number | null {
  return meanOf([views.director.score, views.ib.score, views.teacher.score]);
}

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}

function listsOf(aspects: readonly SizedAspect[]): Record<ListName, AspectList> {
  const byList = new Map<ListName, SizedAspect[]>(LISTS.map((name) => [name, []]));
  for (const aspect of aspects) {
    const name = listOf(aspect);
    if (name) byList.get(name)?.push(aspect);
  }
  const list = (name: ListName) => sorted(byList.get(name) ?? [], SIZE[name]);
  return {
    check_meaning: list('check_meaning'),
    not_observed: list('not_observed'),
    contested: list('contested'),
    blind_spot: list('blind_spot'),
    hidden_strength: list('hidden_strength'),
    shared_strength: list('shared_strength'),
    shared_growth: list('shared_growth'),
  };
}

const CLASS_LISTS: Readonly<Partial<Record<AspectClass, ListName>>> = {
  contested: 'contested',
  blind_spot: 'blind_spot',
  hidden_strength: 'hidden_strength',
  shared_strength: 'shared_strength',
  shared_growth: 'shared_growth',
};

/** The reading goes before the class: what may be misunderstood is not presented as a difference (§5). */
function listOf({ class: aspectClass, reading }: AspectFigures): ListName | undefined {
  if (reading === 'check_meaning' || reading === 'not_observed') return reading;
  return CLASS_LISTS[aspectClass];
}

/** Largest first; equal sizes stay in the order of the list (Array.sort is stable), without a size last. */
function sorted(aspects: SizedAspect[], size: (aspect: SizedAspect) => number | null): AspectList {
  const codes = aspects
    .map((aspect) => ({ code: aspect.code, size: size(aspect) ?? -Infinity }))
    .sort((a, b) => (a.size === b.size ? 0 : b.size - a.size))
    .map(({ code }) => code);
  return { top: codes.slice(0, CONSTANTS.listLength), rest: codes.slice(CONSTANTS.listLength) };
}

/** Gaps that visibly differ from the difference of the two scores beside them (measurement.md §3). */
function gapNotes({ views, gaps }: CompetencyFigures): Pair[] {
  return PAIRS.filter((pair) => {
    const [first, second] = [views[PAIR_VIEWS[pair][0]].score, views[PAIR_VIEWS[pair][1]].score];
    const { gap } = gaps[pair];
    if (first === null || second === null || gap === null) return false;
    return atLeast(Math.abs(first - second - gap), CONSTANTS.gapNoteThreshold);
  });
}
