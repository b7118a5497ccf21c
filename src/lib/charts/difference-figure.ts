import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { View } from '#lib/analysis/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDifference, type Locale } from '#lib/text/numbers.ts';

/** A difference in scale points with its 95 % interval where there is one; null is told by `why`. */
export type ShownDifference = { difference: number | null; low: number | null; high: number | null };

type LaneBase = { view: View; text: string; count: string };

/** One view's lane: the difference with the reach of its interval, or why there is none. */
export type DifferenceLane =
  | (LaneBase & { value: number; interval: { low: number; high: number; text: string } | null })
  | (LaneBase & { value: null; reason: string });

/** A competency: three lanes in the order director, IB'er, teachers. */
export type DifferenceRow = { code: string; title: string; lanes: DifferenceLane[] };

/** Differences on one axis around nothing: from −limit to limit scale points. `ends` say what either side means. */
export type DifferenceFigure = {
  name: string;
  caption: string;
  limit: number;
  ends: { low: string; high: string };
  rows: DifferenceRow[];
};

/** Room for what is usual; wider where an interval needs it. */
const LIMIT = 1;

/** The lane of one view; `count` says over how many schools it is, `why` what stands in place of a figure. */
export function differenceLane(
  view: View,
  { difference, low, high }: ShownDifference,
  { count, why, reason }: { count: string; why: string; reason: string },
  locale: Locale,
): DifferenceLane {
  if (difference === null) return { view, count, value: null, reason, text: why };
  const lane = { view, count, value: roundForDisplay(difference), text: formatDifference(difference, locale) };
  if (low === null || high === null) return { ...lane, interval: null };
  const ends = { low: formatDifference(low, locale), high: formatDifference(high, locale) };
  const text = m.dashboard_interval(ends, { locale });
  return { ...lane, interval: { low: roundForDisplay(low), high: roundForDisplay(high), text } };
}

/** Half points from nothing to the end of the axis, so that every interval lies within. */
export function limitOf(rows: readonly DifferenceRow[]): number {
  const reach = rows.flatMap(({ lanes }) =>
    lanes.flatMap((lane) => {
      if (lane.value === null) return [];
      return [lane.value, lane.interval?.low ?? 0, lane.interval?.high ?? 0].map(Math.abs);
    }),
  );
  return Math.max(LIMIT, Math.ceil(Math.max(0, ...reach) * 2) / 2);
}
