import { matchedChange, type ChangeBand } from '#lib/analysis/matched-change.ts';
import { pairedSummaries, type PairedSummaries } from '#lib/analysis/paired-change.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { distanceSums, scoresOf, type DistanceSum, type MatchedUnits } from './outcome-sums.ts';
import { bandsOf } from './round-change.ts';
import { sumOf } from './round-sums.ts';

/** What stands for an ambition: codes of aspects, of the list with this key. */
export type AmbitionAspects = { listKey: string; aspects: readonly string[] };

/** One view on an ambition's aspects over the matched schools; `of` are the places in the change's `units`. */
export type AmbitionView = {
  view: View;
  /** Each school's mean over those of the aspects that the view judged in both rounds; null: nobody is matched. */
  sums: PairedSummaries | null;
  schools: number;
  of: number[];
  bands: Record<ChangeBand, number>;
};

/**
 * The change of a cohort between two rounds on the aspects of one ambition, as that on a competency (measurement.md §7): summed
 * over schools, from cells that are shown in both. `asked` counts the aspects that both rounds asked alike. Plain JSON.
 */
export type AmbitionSum = AmbitionAspects & { asked: number; views: AmbitionView[]; distances: DistanceSum[] };

/** Sums an ambition over the matched schools; `same` are the codes of the aspects that both lists have alike. */
export function ambitionSum(
  matches: readonly MatchedUnits[],
  { listKey, aspects }: AmbitionAspects,
  same: ReadonlySet<string>,
): AmbitionSum {
  const behind = matches.map(({ later }) => later);
  const scores = matches.map(({ earlier, later, sameDirector }) => ({
    sameDirector,
    before: scoresOf(earlier, aspects, same),
    after: scoresOf(later, aspects, same),
  }));
  return {
    ...{ listKey, aspects: [...aspects], asked: aspects.filter((code) => same.has(code)).length },
    views: VIEWS.map((view) => {
      const found = scores.map(({ before, after, sameDirector }) =>
        view === 'director' && !sameDirector ? null : matchedChange(before[view], after[view]),
      );
      const side = (end: 'from' | 'to' | 'change') => found.map((one) => one?.[end] ?? null);
      const counted = sumOf(behind, side('change'), view === 'director');
      return {
        view,
        sums: pairedSummaries(side('from'), side('to')),
        ...{ schools: counted?.schools ?? 0, of: counted?.of ?? [], bands: bandsOf(side('change')) },
      };
    }),
    distances: distanceSums(matches, same, aspects),
  };
}

/** What was summed of an ambition; undefined where it was not, or with other aspects than it has now. */
export function sumOfAmbition(
  sums: readonly AmbitionSum[] | undefined,
  { listKey, aspects }: AmbitionAspects,
): AmbitionSum | undefined {
  const key = keyOf(aspects);
  return sums?.find((one) => one.listKey === listKey && keyOf(one.aspects) === key);
}

const keyOf = (aspects: readonly string[]) => aspects.toSorted().join(' ');
