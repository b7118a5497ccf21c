import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ClarityBar, ClarityItem, ClarityPart } from '#lib/components/dashboard/dashboard-page.ts';
import { m } from '#lib/paraglide/messages.js';
import { flagAdvice, flagWord, groupWord } from '#lib/text/cohort-words.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';
import { formatRatio, formatShare } from '#lib/text/shares.ts';
import { seenBy, unseenShare } from './facts.ts';
import type { ClarityRow, CohortAspect } from './facts.ts';

/** How many are shown before "all". */
const TOP = 10;
/** A bar of "unclear" is full at this share: more hardly occurs, and the limit would lie at its very start. */
const FULL_UNCLEAR = 0.6;

/** What is not understood alike, or not seen: the least clear first (measurement.md §6, K is a sort key only). */
export function clarityPart(aspects: readonly CohortAspect[], locale: Locale): ClarityPart {
  const flagged = aspects.filter(({ flags }) => flags.length > 0).toSorted((a, b) => clearness(a) - clearness(b));
  const items = flagged.map((aspect) => clarityItem(aspect, locale));
  return {
    caption: captionOf(aspects, locale),
    top: items.slice(0, TOP),
    rest: items.slice(TOP),
    hasHidden: flagged.some(({ clarity }) => clarity?.N === null),
  };
}

/** One aspect of the list: what it asks attention for, three bars, and what a trainer can do. */
export function clarityItem(aspect: CohortAspect, locale: Locale): ClarityItem {
  const { code, listed, clarity, flags } = aspect;
  return {
    code,
    statement: listed.other[locale],
    flags: flags.map((flag) => ({ flag, look: lookOf(flag), word: flagWord(flag, locale) })),
    bars: clarity === null || clarity.class === 'insufficient' ? [] : barsOf(clarity, seenBy(listed), locale),
    advice: [...new Set(flags.map((flag) => flagAdvice(flag, locale)))],
  };
}

function captionOf(aspects: readonly CohortAspect[], locale: Locale): string {
  if (aspects.every(({ clarity }) => clarity === null || clarity.class === 'insufficient')) {
    const needed = { schools: CONSTANTS.clarityMinSchools, cells: CONSTANTS.clarityMinCells };
    return m.clarity_insufficient(needed, { locale });
  }
  const meaning = aspects.filter(({ flags }) => flags.some((flag) => flag === 'U' || flag === 'N')).length;
  const unseen = aspects.filter(({ flags }) => flags.some((flag) => flag.startsWith('C_'))).length;
  if (meaning === 0 && unseen === 0) return m.clarity_none({}, { locale });
  return [
    ...(meaning > 0 ? [m.clarity_count_meaning({ count: meaning, of: aspects.length }, { locale })] : []),
    ...(unseen > 0 ? [m.clarity_count_unseen({ count: unseen }, { locale })] : []),
    m.clarity_caption({}, { locale }),
  ].join(' ');
}

/** Without N, which may be withheld, by what is left of K. */
function clearness({ clarity }: CohortAspect): number {
  if (clarity === null) return 1;
  return clarity.K ?? 1 - (clarity.U ?? 0) - (clarity.C ?? 0);
}

function lookOf(flag: ClarityFlag): 'meaning' | 'unseen' | 'differ' {
  if (flag === 'U') return 'meaning';
  return flag === 'N' ? 'differ' : 'unseen';
}

function barsOf(clarity: ClarityRow, views: readonly View[], locale: Locale): ClarityBar[] {
  const least = views
    .map((view) => ({ view, share: unseenShare(clarity, view) }))
    .toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1))[0];
  const unseen = m.clarity_bar_C({}, { locale });
  const limits = { U: CONSTANTS.clarityUnclear, C: CONSTANTS.clarityCannotJudge, N: CONSTANTS.clarityNoise };
  const bar = (
    what: ClarityBar['what'],
    head: string,
    name: string,
    value: number | null,
    full: number,
  ): ClarityBar => {
    const [limit, write] = [limits[what], what === 'N' ? formatRatio : formatShare];
    const tick = Math.min(1, limit / full);
    if (value === null) {
      const text = reasonWord(clarity.reasons[what === 'C' ? 'C_director' : what] ?? 'too_few_schools', locale);
      const label = m.clarity_bar_missing({ what: name, why: text }, { locale });
      return { what, head, text, label, share: null, limit: tick, isOver: false };
    }
    const text = write(value, locale);
    const label = m.clarity_bar_label({ what: name, value: text, limit: write(limit, locale) }, { locale });
    const share = Math.min(1, Math.max(0, value) / full);
    return { what, head, text, label, share, limit: tick, isOver: atLeast(value, limit) };
  };
  const whose =
    least === undefined || least.share === null
      ? unseen
      : m.clarity_bar_view({ what: unseen, view: groupWord(least.view, locale) }, { locale });
  const unclear = m.clarity_bar_U({}, { locale });
  const differently = m.clarity_bar_N({}, { locale });
  return [
    bar('U', unclear, unclear, clarity.U, FULL_UNCLEAR),
    bar('C', unseen, whose, least?.share ?? null, 1),
    bar('N', differently, differently, clarity.N, 1),
  ];
}
