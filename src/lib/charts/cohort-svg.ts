import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { CohortRow } from './cohort-figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { across, element, percent, short } from './svg.ts';
import { markUse, smallMark } from './svg-marks.ts';

/** Rows of a cohort as SVG: three lanes, in each the dots of schools, the line of the interval, and the mark of the mean. */

const TICKS = [1, 2, 3, 4, 5];
const DOT = 3.5;

/** The middle of a view's lane as a share of the height. */
function laneOf(view: View): number {
  return (VIEWS.indexOf(view) + 0.5) / VIEWS.length;
}

/** The drawing of a row inside a page, as wide and high as its place; its marks and grid are `pageSymbols`. */
export function cohortRowInPage({ lanes }: CohortRow, theme: PaperTheme): string {
  const drawn = lanes.flatMap((lane) => {
    if (lane.value === null) return [];
    const y = percent(laneOf(lane.view));
    return [
      ...grouped(lane.dots).map(([dot, count]) =>
        element('circle', { class: 'dot', cx: percent(across(dot)), cy: y, r: radius(count), ...dotLook(theme) }),
      ),
      ...(lane.interval === null ? [] : [whisker(lane.view, lane.interval, percent, y, theme)]),
      markUse(lane.view, percent(across(lane.value)), y),
    ];
  });
  return element(
    'svg',
    { class: 'plot-s', width: '100%', height: '100%', 'aria-hidden': 'true' },
    element('use', { href: '#gap-grid' }),
    ...drawn,
  );
}

/** The same with lengths of its own, for a file: `size` 1 has marks of 13 px. */
export function cohortRowSvg(
  { lanes }: CohortRow,
  { width, height, marks: size }: { width: number; height: number; marks: number },
  theme: PaperTheme,
): string {
  const grid = TICKS.map((tick) => `M${short(across(tick) * width)} 0V${short(height)}`).join('');
  const drawn = lanes.flatMap((lane) => {
    if (lane.value === null) return [];
    const y = laneOf(lane.view) * height;
    return [
      ...grouped(lane.dots).map(([dot, count]) =>
        element('circle', { cx: across(dot) * width, cy: y, r: radius(count) * size, ...dotLook(theme) }),
      ),
      ...(lane.interval === null ? [] : [whisker(lane.view, lane.interval, (share) => share * width, y, theme)]),
      smallMark({ view: lane.view, x: across(lane.value) * width, y, size: size * 0.7 }, theme),
    ];
  });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height },
    element('path', { d: grid, stroke: theme.grid }),
    ...drawn,
  );
}

/** Schools at the same place are one dot, whose area is their number. */
function grouped(dots: readonly number[]): [number, number][] {
  return [...Map.groupBy(dots, (dot) => dot)].map(([dot, same]) => [dot, same.length]);
}

function radius(count: number): number {
  return DOT * Math.sqrt(count);
}

function dotLook(theme: PaperTheme) {
  return { fill: theme.sheet, stroke: theme.text };
}

function whisker(
  view: View,
  { low, high }: { low: number; high: number },
  at: (share: number) => string | number,
  y: string | number,
  theme: PaperTheme,
): string {
  const place = { x1: at(across(low)), x2: at(across(high)), y1: y, y2: y };
  return element('line', { class: `line-${view} reach`, ...place, stroke: theme.views[view].line, 'stroke-width': 3 });
}
