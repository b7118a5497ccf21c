import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { PAIRS, PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair } from '#lib/analysis/types.ts';
import type { ContestedItem } from '#lib/components/dashboard/dashboard-page.ts';
import { m } from '#lib/paraglide/messages.js';
import { groupPairWord, groupWord } from '#lib/text/cohort-words.ts';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { capital } from '#lib/text/report-words.ts';
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
    .map((found) => ({
      code: found.aspect.code,
      statement: found.aspect.listed.other[locale],
      line: lineOf(found, locale),
    }));
}

type Widest = { pair: Pair; n: number; mean: number | null; large: number };

/** On average as high as each other, or withheld: then at how many schools it is large says it all. */
function lineOf({ pair, n, mean, large }: Widest, locale: Locale): string {
  if (mean === null || roundForDisplay(mean) === 0) {
    return m.contested_line_large({ pair: capital(groupPairWord(pair, locale)), large, n }, { locale });
  }
  const [one, other] = [groupWord(PAIR_VIEWS[pair][0], locale), groupWord(PAIR_VIEWS[pair][1], locale)];
  const [higher, lower] = mean > 0 ? [one, other] : [other, one];
  const gap = formatMean(Math.abs(mean), locale);
  return m.contested_line({ higher: capital(higher), lower, gap, large, n }, { locale });
}
