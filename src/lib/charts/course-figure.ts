import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { View } from '#lib/analysis/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDifference, type Locale } from '#lib/text/numbers.ts';

/** The change of one view since the start in a later round, in scale points, as the service gives it. */
export type PointGiven = { round: string; change: number | null; low: number | null; high: number | null };

/** A later round in a cell; `x` counts the rounds from the start, which is 0. */
export type CoursePoint = { x: number; value: number; low: number | null; high: number | null };

/** One view on one competency: its points so far, the last one in words, or why that is not there. */
export type CourseCell = { view: View; points: CoursePoint[]; label: string } & (
  { value: number; text: string; interval: string | null } | { value: null; text: string; reason: string }
);

export type CourseRow = { code: string; title: string; word: string; cells: CourseCell[] };

/** Small lines around the start: competencies × views; all cells have one range, in scale points, with 0 inside. */
export type CourseFigure = {
  name: string;
  caption: string;
  rounds: string[];
  range: { low: number; high: number };
  rows: CourseRow[];
};

/**
 * The cell of one view; the last of `given` is the round that is told in words.
 * @param missing the reason and its words, where that one has no figure
 */
export function courseCell(
  view: View,
  given: readonly PointGiven[],
  missing: { reason: string; words: string },
  locale: Locale,
): CourseCell {
  const points = pointsOf(given);
  const label = given
    .map(({ round, change }) => {
      const value = change === null ? missing.words : formatDifference(change, locale);
      return m.programme_point({ round, value }, { locale });
    })
    .join(', ');
  const last = given.at(-1);
  if (!last || last.change === null) {
    return { view, points, label, value: null, text: missing.words, reason: missing.reason };
  }
  const { change, low, high } = last;
  const interval =
    low === null || high === null
      ? null
      : m.dashboard_interval({ low: formatDifference(low, locale), high: formatDifference(high, locale) }, { locale });
  return { view, points, label, value: roundForDisplay(change), text: formatDifference(change, locale), interval };
}

/** The points of the rounds that have a figure, as they are shown. */
export function pointsOf(given: readonly PointGiven[]): CoursePoint[] {
  return given.flatMap(({ change, low, high }, index): CoursePoint[] =>
    change === null ? [] : [{ x: index + 1, value: roundForDisplay(change), low: shown(low), high: shown(high) }],
  );
}

function shown(value: number | null): number | null {
  return value === null ? null : roundForDisplay(value);
}

/** Half a point on either side is always there, so that a small change is not drawn large. */
const LEAST = 0.5;

/** The range that all these lines fit in. */
export function rangeOf(lines: readonly { points: readonly CoursePoint[] }[]): CourseFigure['range'] {
  const ends = lines.flatMap(({ points }) =>
    points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
  );
  return { low: Math.min(-LEAST, ...ends), high: Math.max(LEAST, ...ends) };
}
