import type { View } from '#lib/analysis/types.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';
import type { Scale } from './figure.ts';

/** A mean over schools as a viewer may see it, 1–5, with its 95 % interval where there is one; null has a reason. */
export type ShownMean = { n: number; mean: number | null; low: number | null; high: number | null; reason?: Reason };

/** `count` says in words what `n` counts: the schools behind the mean. */
type LaneBase = { view: View; text: string; n: number; count: string };

/** One view's lane: its mean with the reach of its interval and a dot a school, or why there is none. */
export type CohortLane =
  | (LaneBase & { value: number; interval: { low: number; high: number; text: string } | null; dots: number[] })
  | (LaneBase & { value: null; reason: Reason });

/** A competency, or an aspect: three lanes in the order director, IB'er, teachers. */
export type CohortRow = { code: string; title: string; lanes: CohortLane[] };

/** Rows × views with intervals, in the reader's language: plain JSON of what is shown and nothing else. */
export type CohortFigure = { name: string; caption: string; scale: Scale; rows: CohortRow[] };

/** The lane of one view; `dots` are values of single schools, where this viewer sees those. */
export function cohortLane(view: View, shown: ShownMean, dots: readonly number[], locale: Locale): CohortLane {
  const { mean, n, reason = 'too_few_schools' } = shown;
  const count = m.dashboard_schools_count({ count: n }, { locale });
  if (mean === null) return { view, n, count, value: null, reason, text: reasonWord(reason, locale) };
  const value = roundForDisplay(mean);
  const places = dots.map(roundForDisplay);
  return { view, n, count, value, text: formatMean(mean, locale), interval: reach(shown, locale), dots: places };
}

/** An interval reaches no further than the scale does: nothing is drawn where no answer can be. */
function reach(shown: ShownMean, locale: Locale) {
  if (shown.low === null || shown.high === null) return null;
  const [low, high] = [Math.max(1, shown.low), Math.min(5, shown.high)];
  const text = m.dashboard_interval({ low: formatMean(low, locale), high: formatMean(high, locale) }, { locale });
  return { low: roundForDisplay(low), high: roundForDisplay(high), text };
}
