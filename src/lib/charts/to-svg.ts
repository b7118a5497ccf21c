import type { View } from '#lib/analysis/types.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { GapRow, Mark, RoundsFigure, RoundsPanel } from './figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { across, element, escapeXml, short } from './svg.ts';
import { fullMark, hollowMark, markSymbols, markUse, smallMark } from './svg-marks.ts';
import type { MarkPlace } from './svg-marks.ts';

/**
 * Neutral figures as SVG, for print, PDF, downloads and pages without scripts: the geometry of to-chartjs.ts and of the
 * form (DESIGN: chart rules). Pure strings; every text in them is escaped. A mark without a value has no mark.
 */

const TICKS = [1, 2, 3, 4, 5];

/** Width and height of a drawing in px or pt, and the size of its marks (1 is 19–26). */
export type Box = { width: number; height: number; marks: number };

/** The drawing of one gap row: a band from lowest to highest and three marks in three lanes. */
export function gapRowSvg(row: GapRow, box: Box, theme: PaperTheme): string {
  const { width, height, marks } = box;
  const size = { xmlns: 'http://www.w3.org/2000/svg', width, height };
  return element('svg', size, ...gapRow(row, (place) => fullMark({ ...place, size: marks }, theme), theme));
}

/**
 * The same drawing inside a page, as large as its place there: the lanes keep to thirds of the height. Its marks are
 * `pageSymbols`, and the page's stylesheet colours them.
 */
export function gapRowInPage(row: GapRow, theme: PaperTheme): string {
  const size = { class: 'plot-s', width: '100%', height: '100%', 'aria-hidden': 'true' };
  const parts = gapRow(row, markUse, theme, [element('use', { href: '#gap-grid' })]);
  return element('svg', size, ...parts);
}

/** What the drawings of `gapRowInPage` refer to: once a page. */
export function pageSymbols(theme: PaperTheme): string {
  const grid = element('symbol', { id: 'gap-grid', overflow: 'visible' }, ...gridLines(theme));
  return element('svg', { class: 'sprite', 'aria-hidden': 'true' }, grid, markSymbols(theme));
}

function gapRow(
  { marks, band }: GapRow,
  draw: (place: MarkPlace) => string,
  theme: PaperTheme,
  grid: readonly string[] = gridLines(theme),
): string[] {
  const bands = band
    ? [
        element('rect', {
          ...{ class: 'plot-b', x: across(band.from), y: 0, height: '100%', fill: theme.band },
          width: `${short((band.to - band.from) * 20)}%`,
        }),
      ]
    : [];
  const drawn = marks.flatMap(({ view, value }) =>
    value === null ? [] : draw({ view, x: across(value), y: laneOf(view), size: 1 }),
  );
  return [...bands, ...grid, ...drawn];
}

/** The middle of a view's lane: director above, IB'er between, teachers below; equal scores never cover each other. */
function laneOf(view: View): string {
  return `${short(((VIEWS.indexOf(view) + 0.5) * 100) / VIEWS.length)}%`;
}

function gridLines({ grid }: PaperTheme): string[] {
  return TICKS.map((tick) => {
    const x = across(tick);
    return element('line', { class: 'plot-g', x1: x, x2: x, y1: '0', y2: '100%', stroke: grid, 'stroke-width': 1 });
  });
}

/** The line of one view in the triptych: its own mark filled, the other views hollow. */
export function trackSvg(marks: readonly Mark[], own: View, box: Box, theme: PaperTheme): string {
  const { width, height, marks: size } = box;
  const base = { stroke: theme.text, 'stroke-width': 1 };
  const tick = 5 * size;
  const lines = TICKS.map((value) => {
    const [x, y1, y2] = [across(value), height / 2 - tick, height / 2 + tick];
    return element('line', { x1: x, x2: x, y1, y2, stroke: theme.grid, 'stroke-width': 1 });
  });
  const drawn = [...marks]
    .sort((a, b) => Number(a.view === own) - Number(b.view === own)) // the own mark lies on top
    .flatMap(({ view, value }) => {
      if (value === null) return [];
      const place = { view, x: across(value), y: '50%' };
      return view === own
        ? smallMark({ ...place, size: 0.68 * size }, theme)
        : hollowMark({ ...place, size: 0.52 * size }, theme);
    });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height },
    element('line', { x1: '10%', x2: '90%', y1: '50%', y2: '50%', ...base }),
    ...lines,
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
    const places = (points ?? []).map(({ round, value }) => ({ x: short(x(round)), y: short(y(value)) }));
    if (places.length === 0) return [];
    const stroke = { class: `line-${view}`, fill: 'none', stroke: theme.views[view].line, 'stroke-width': 2.25 * size };
    return [
      element('polyline', { points: places.map((place) => `${place.x},${place.y}`).join(' '), ...stroke }),
      ...places.map((place) => smallMark({ view, ...place, size: 0.6 * size }, theme)),
    ];
  });
  const viewBox = `0 0 ${short(width)} ${short(height)}`;
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox }, ...grid, ...names, ...drawn);
}
