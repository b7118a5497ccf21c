import type { View } from '#lib/analysis/types.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { GapRow, Mark, RoundsFigure, RoundsPanel } from './figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { isClosed } from '#lib/text/report-reasons.ts';
import { across, element, escapeXml, percent, short } from './svg.ts';
import { fullMark, HOLLOW, hollowMark, markSymbols, markUse, SMALL, smallMark } from './svg-marks.ts';

/**
 * Neutral figures as SVG, for print, PDF, downloads and pages without scripts: the geometry of to-chartjs.ts and of the
 * form (DESIGN: chart rules). Pure strings; every text in them is escaped. A mark without a value has no mark.
 */

const TICKS = [1, 2, 3, 4, 5];

/** Width and height of a drawing in px or pt, and the size of its marks (1 is 19–26). */
export type Box = { width: number; height: number; marks: number };

/**
 * The drawing of one gap row: a band from lowest to highest and a mark a view in its lane, and to the right of it, in a
 * column of `values` wide, what each view gave. What is withheld stands there in words on a hatch.
 */
export function gapRowSvg(row: GapRow, { width, height, marks, values }: Box & { values: number }, theme: PaperTheme) {
  const plot = width - values;
  const lines = TICKS.map((tick) => `M${short(across(tick) * plot)} 0V${short(height)}`).join('');
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height },
    ...bandOf(row, (share) => share * plot, height, theme),
    element('path', { d: lines, stroke: theme.grid, 'stroke-width': Math.min(1, marks) }),
    ...row.marks.flatMap(({ view, value }) =>
      value === null ? [] : fullMark({ view, x: across(value) * plot, y: laneOf(view) * height, size: marks }, theme),
    ),
    ...row.marks.flatMap((mark) => valueText(mark, { x: plot, width: values, height, size: 16 * marks }, theme)),
  );
}

type ValuePlace = { x: number; width: number; height: number; size: number };

function valueText(mark: Mark, { x, width, height, size }: ValuePlace, theme: PaperTheme): string[] {
  const { view, value, text } = mark;
  const middle = laneOf(view) * height;
  const isGone = value === null;
  const closed = isGone && isClosed(mark.reason);
  const letters = isGone ? size * 0.92 : size;
  const look = { 'font-family': theme.font, 'font-size': letters, fill: isGone ? theme.text : theme.ink };
  const words = element('text', { x: x + size * 0.4, y: middle + letters * 0.36, ...look }, escapeXml(text));
  const lane = (height / VIEWS.length) * 0.9;
  return closed ? [hatch(x, middle - lane / 2, width, lane, theme), words] : [words];
}

/** Diagonal strokes over a box: a closed panel, told apart without colour and light enough to read words on. */
export function hatch(x: number, y: number, width: number, height: number, { band }: PaperTheme): string {
  const step = 6;
  let d = '';
  for (let at = step; at < width + height; at += step) {
    const [fromX, toX] = [Math.min(at, width), Math.max(0, at - height)];
    d += `M${short(x + fromX)} ${short(y + at - fromX)}L${short(x + toX)} ${short(y + at - toX)}`;
  }
  return element('path', { d, stroke: band, 'stroke-width': 2, fill: 'none' });
}

/**
 * The same drawing inside a page, as large as its place there: the lanes keep to thirds of the height. Its marks are
 * `pageSymbols`, and the page's stylesheet colours them.
 */
export function gapRowInPage(row: GapRow, theme: PaperTheme): string {
  const marks = row.marks.flatMap(({ view, value }) =>
    value === null ? [] : markUse(view, percent(across(value)), percent(laneOf(view))),
  );
  return element(
    'svg',
    { class: 'plot-s', width: '100%', height: '100%', 'aria-hidden': 'true' },
    ...bandOf(row, percent, '100%', theme),
    element('use', { href: '#gap-grid' }),
    ...marks,
  );
}

/** What the drawings of `gapRowInPage` refer to: once a page. */
export function pageSymbols(theme: PaperTheme): string {
  const lines = TICKS.map((tick) => {
    const x = percent(across(tick));
    return element('line', { class: 'plot-g', x1: x, x2: x, y1: '0', y2: '100%', stroke: theme.grid });
  });
  const grid = element('symbol', { id: 'gap-grid', overflow: 'visible' }, ...lines);
  return element('svg', { class: 'sprite', 'aria-hidden': 'true' }, grid, markSymbols(theme));
}

/** The pale band from the lowest to the highest mark; `at` turns a share of the width into a length. */
function bandOf(
  { band }: GapRow,
  at: (share: number) => string | number,
  height: string | number,
  theme: PaperTheme,
): string[] {
  if (!band) return [];
  const [x, width] = [at(across(band.from)), at((band.to - band.from) * 0.2)];
  return [element('rect', { class: 'plot-b', x, y: 0, width, height, fill: theme.band })];
}

/** The middle of a view's lane as a share of the height: director above, IB'er between, teachers below. */
function laneOf(view: View): number {
  return (VIEWS.indexOf(view) + 0.5) / VIEWS.length;
}

/** The line of one view in the triptych: its own mark filled, the other views hollow. */
export function trackSvg(marks: readonly Mark[], own: View, box: Box, theme: PaperTheme): string {
  const { width, height, marks: size } = box;
  const [middle, tick] = [height / 2, 5 * size];
  const ticks = TICKS.map((value) => `M${short(across(value) * width)} ${short(middle - tick)}v${short(2 * tick)}`);
  const base = `M${short(across(1) * width)} ${short(middle)}H${short(across(5) * width)}`;
  const drawn = [...marks]
    .sort((a, b) => Number(a.view === own) - Number(b.view === own)) // the own mark lies on top
    .flatMap(({ view, value }) => {
      if (value === null) return [];
      const place = { view, x: across(value) * width, y: middle };
      return view === own
        ? smallMark({ ...place, size: SMALL * size }, theme)
        : hollowMark({ ...place, size: HOLLOW * size }, theme);
    });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height },
    element('path', { d: ticks.join(''), stroke: theme.grid }),
    element('path', { d: base, stroke: theme.text, 'stroke-width': 0.8 * size }),
    ...drawn,
  );
}

/** One competency over the rounds: a line a view, the scale at the left, the rounds below. */
export function roundsPanelSvg(
  { lines }: RoundsPanel,
  { rounds, scale }: Pick<RoundsFigure, 'rounds' | 'scale'>,
  { width, height, marks: size }: Box,
  theme: PaperTheme,
): string {
  const text = 11 * Math.max(size, 0.6);
  const [left, top, bottom] = [text * 1.6, 10 * size + 2, height - text * 1.8];
  const y = (value: number) => bottom - ((value - scale.min) / (scale.max - scale.min)) * (bottom - top);
  // Half a step of room at both sides, as on the screen.
  const x = (round: number) => left + ((round + 0.25) / (rounds.length - 0.5)) * (width - left);
  const label = { class: 'plot-t', 'font-family': theme.font, 'font-size': text, fill: theme.text };
  const grid = TICKS.flatMap((tick) => [
    element('line', { class: 'plot-g', x1: left, x2: width, y1: y(tick), y2: y(tick), stroke: theme.grid }),
    element('text', { ...label, x: left - text * 0.6, y: y(tick) + text * 0.35, 'text-anchor': 'end' }, String(tick)),
  ]);
  const names = rounds.map((round, index) =>
    element('text', { ...label, x: x(index), y: height - text * 0.3, 'text-anchor': 'middle' }, escapeXml(round)),
  );
  const drawn = lines.flatMap(({ view, points }) => {
    const places = (points ?? []).map(({ round, value }) => ({ x: x(round), y: y(value) }));
    if (places.length === 0) return [];
    const stroke = { class: `line-${view}`, fill: 'none', stroke: theme.views[view].line, 'stroke-width': 2.25 * size };
    return [
      element('polyline', {
        points: places.map((place) => `${short(place.x)},${short(place.y)}`).join(' '),
        ...stroke,
      }),
      ...places.map((place) => smallMark({ view, ...place, size: 0.6 * size }, theme)),
    ];
  });
  const viewBox = `0 0 ${short(width)} ${short(height)}`;
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox }, ...grid, ...names, ...drawn);
}
