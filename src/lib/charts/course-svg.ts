import type { View } from '#lib/analysis/types.ts';
import type { CourseFigure, CoursePoint } from './course-figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { element, short } from './svg.ts';
import { HOLLOW, hollowMark, SMALL, smallMark } from './svg-marks.ts';

/** The size of a drawing; a place in a page scales it, for it holds no text. */
const WIDTH = 180;
const HEIGHT = 84;
const MARGIN = { side: 22, end: 12 };
const CAP = 4;

/** One view's change over the rounds: a hollow mark at the start, and from there a line with the reach of each interval. */
export function courseCellSvg(cell: Line & { view: View }, figure: Frame, theme: PaperTheme): string {
  const { view } = cell;
  return lineSvg(cell, figure, theme, {
    line: { class: `line-${view}`, stroke: theme.views[view].line },
    start: (x, y) => hollowMark({ view, x, y, size: HOLLOW }, theme),
    mark: (x, y) => smallMark({ view, x, y, size: SMALL * 0.8 }, theme),
  });
}

/** The same of two views together, which have no colour: how much nearer they came, or how much further apart. */
export function distanceSvg(line: Line, figure: Frame, theme: PaperTheme): string {
  const { ink, sheet } = theme;
  return lineSvg(line, figure, theme, {
    line: { class: 'ink-l', stroke: ink },
    start: (cx, cy) =>
      element('circle', { class: 'dot-start', cx, cy, r: 5.5, fill: sheet, stroke: ink, 'stroke-width': 1.5 }),
    mark: (cx, cy) => element('circle', { class: 'dot-now', cx, cy, r: 5.5, fill: ink }),
  });
}

type Line = { points: readonly CoursePoint[] };
type Frame = Pick<CourseFigure, 'rounds' | 'range'>;
type Look = {
  line: { class: string; stroke: string };
  start: (x: number, y: number) => string;
  mark: (x: number, y: number) => string;
};

function lineSvg({ points }: Line, { rounds, range }: Frame, theme: PaperTheme, look: Look): string {
  const step = (WIDTH - 2 * MARGIN.side) / Math.max(1, rounds.length - 1);
  const x = (round: number) => MARGIN.side + round * step;
  const y = (value: number) =>
    MARGIN.end + ((range.high - value) / (range.high - range.low)) * (HEIGHT - 2 * MARGIN.end);
  // Over a round without a figure the line goes on dashed: what was there is not known.
  const path = [{ x: 0, value: 0 }, ...points].flatMap((point, index, all) => {
    const next = all[index + 1];
    if (!next) return [];
    const d = `M${short(x(point.x))} ${short(y(point.value))}L${short(x(next.x))} ${short(y(next.value))}`;
    const dash = next.x - point.x > 1 ? '3 4' : undefined;
    return element('path', { ...look.line, d, 'stroke-width': 2, fill: 'none', 'stroke-dasharray': dash });
  });
  const whiskers = points.flatMap(({ x: round, low, high }) => {
    if (low === null || high === null) return [];
    const cap = (value: number) => `M${short(x(round) - CAP)} ${short(y(value))}h${2 * CAP}`;
    const d = `M${short(x(round))} ${short(y(low))}V${short(y(high))}${cap(low)}${cap(high)}`;
    return element('path', { class: 'whisker', d, stroke: theme.ink, 'stroke-width': 1.5, fill: 'none' });
  });
  const base = `M${short(MARGIN.side / 2)} ${short(y(0))}H${short(WIDTH - MARGIN.side / 2)}`;
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'course', 'aria-hidden': 'true' },
    element('path', { class: 'base-l', d: base, stroke: theme.grid }),
    ...path,
    ...whiskers,
    look.start(x(0), y(0)),
    ...points.map((point) => look.mark(x(point.x), y(point.value))),
  );
}

/** A share (0–1) as a bar over its whole. */
export function shareSvg(share: number, theme: PaperTheme): string {
  return element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: '0 0 100 10', preserveAspectRatio: 'none' },
      ...{ class: 'share', 'aria-hidden': 'true' },
    },
    element('rect', { class: 'share-all', width: 100, height: 10, fill: theme.band }),
    element('rect', { class: 'share-of', width: short(share * 100), height: 10, fill: theme.ink }),
  );
}
