import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';

/** One day with the forms begun and submitted until its end. */
export type ResponseDay = { label: string; begun: number; submitted: number };

/** How many forms were begun and submitted, added up by day, of those that were asked. */
export type ResponseFigure = {
  name: 'response';
  /** What it says in one sentence. */
  caption: string;
  /** The same for who hears the chart instead of seeing it. */
  label: string;
  invited: number;
  days: ResponseDay[];
};

type Counts = { day: string; begun: number; submitted: number };

/** The figure of a round that has opened; null before its first day. */
export function responseFigure(
  days: readonly Counts[],
  invited: number,
  isClosed: boolean,
  locale: Locale,
): ResponseFigure | null {
  const last = days.at(-1);
  if (!last) return null;
  const { begun, submitted } = last;
  const said = { begun, submitted, invited };
  return {
    name: 'response',
    caption: isClosed ? m.response_caption_closed(said, { locale }) : m.response_caption(said, { locale }),
    label: m.response_chart_label(said, { locale }),
    invited,
    days: days.map((each) => ({ label: dayText(each.day, locale), begun: each.begun, submitted: each.submitted })),
  };
}

/** The days that are named below the chart: the first and the last, and what fits evenly between them. */
export function namedDays(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const step = (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => Math.round(index * step));
}

/** A day without its year, as a chart has room for: "02-03". */
export function shortDay(label: string): string {
  return label.slice(0, 5);
}
