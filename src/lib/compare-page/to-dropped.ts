import { VIEWS } from '#lib/analysis/types.ts';
import type { DroppedRow } from '#lib/components/compare/compare-page.ts';
import type { Dropped } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ChangeFigure } from '#lib/server/reports/service.ts';
import { droppedWord } from '#lib/text/compare-words.ts';
import type { Locale } from '#lib/text/numbers.ts';

/**
 * Schools that are not in a change, a row a reason in words: how many by view. Where it differs by competency the lowest and
 * highest number; reasons with the same words are one row, and their numbers are added.
 */
export function droppedRows(rows: readonly Pick<ChangeFigure, 'view' | 'dropped'>[], locale: Locale): DroppedRow[] {
  const reasons = new Map<string, Dropped[]>();
  for (const reason of new Set(rows.flatMap(({ dropped }) => Object.keys(dropped) as Dropped[]))) {
    const word = droppedWord(reason, locale);
    reasons.set(word, [...(reasons.get(word) ?? []), reason]);
  }
  return [...reasons].map(([reason, own]) => ({
    reason,
    cells: VIEWS.map((view) => {
      const counts = rows
        .filter((row) => row.view === view)
        .map(({ dropped }) => own.reduce((sum, one) => sum + (dropped[one] ?? 0), 0));
      return { view, text: rangeText(counts, locale) };
    }),
  }));
}

function rangeText(counts: readonly number[], locale: Locale): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : m.compare_dropped_range({ low, high }, { locale });
}
