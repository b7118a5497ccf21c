import { inCommon } from './same-aspect.ts';
import { aspectsOf } from './aspects.ts';
import type { Instrument } from './schema.ts';
import type { Localized } from './types.ts';

/** An aspect by its code and what it asks of others. */
type Named = { code: string; asks: Localized };

/** What differs between two lists, for whoever chooses one: how many aspects are the same, and which are not. */
export type ListDifference = {
  sameScale: boolean;
  same: number;
  /** As the later list words them. */
  reworded: Named[];
  added: Named[];
  /** As the earlier list had them. */
  dropped: Named[];
};

/** The same as `inCommon`, with the words of what is not the same. */
export function listDifference(earlier: Instrument, later: Instrument): ListDifference {
  const { sameScale, same, reworded, added, dropped } = inCommon(earlier, later);
  const named = (codes: readonly string[], from: Instrument): Named[] => {
    const wanted = new Set(codes);
    const aspects = from.competencies.flatMap(aspectsOf).filter(({ code }) => wanted.has(code));
    return aspects.map(({ code, other }) => ({ code, asks: other }));
  };
  return {
    sameScale,
    same: same.length,
    reworded: named(reworded, later),
    added: named(added, later),
    dropped: named(dropped, earlier),
  };
}
