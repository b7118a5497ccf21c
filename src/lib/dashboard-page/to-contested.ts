import { PAIRS } from '#lib/analysis/types.ts';
import type { ContestedItem } from '#lib/components/dashboard/dashboard-page.ts';
import { m } from '#lib/paraglide/messages.js';
import { groupPairWord } from '#lib/text/cohort-words.ts';
import { formatDifference } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { CohortAspect } from './facts.ts';

/** An aspect list shows this many (measurement.md §4). */
const MOST = 10;

/** The aspects whose views differ most: by the size of a gap × the schools where it is large, of the pair where that is most. */
export function contestedPart(aspects: readonly CohortAspect[], locale: Locale): ContestedItem[] {
  return aspects
    .flatMap((aspect) => {
      const [widest] = PAIRS.flatMap((pair) => {
        const { n, mean, size, large } = aspect.figures.gaps[pair];
        if (size === null || large === null || large === 0) return [];
        return [{ aspect, pair, n, mean, large, weight: size * large }];
      }).toSorted((a, b) => b.weight - a.weight);
      return widest ? [widest] : [];
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ aspect, pair, n, mean, large }) => ({
      code: aspect.code,
      statement: aspect.listed.other[locale],
      line: lineOf({ pair: groupPairWord(pair, locale), large, n }, mean, locale),
    }));
}

function lineOf(given: { pair: string; large: number; n: number }, mean: number | null, locale: Locale): string {
  if (mean === null) return m.contested_line_large(given, { locale });
  return m.contested_line({ ...given, gap: formatDifference(mean, locale) }, { locale });
}
