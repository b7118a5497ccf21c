import { VIEWS } from '#lib/analysis/types.ts';
import type { DifferenceFigure, DifferenceRow } from './difference-figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { element, percent } from './svg.ts';
import { markUse } from './svg-marks.ts';

/** A margin at both ends, so that a mark at the end of the axis stays within. */
const MARGIN = 0.06;

/**
 * The drawing of a row inside a page, as wide and high as its place: a line at nothing, thin ones at half points, and in
 * each view's lane the reach of the interval and the mark. Its marks are those of `pageSymbols`.
 */
export function differenceRowInPage(
  { lanes }: DifferenceRow,
  { limit }: Pick<DifferenceFigure, 'limit'>,
  theme: PaperTheme,
): string {
  const at = (value: number) => percent(0.5 + (value / limit) * (0.5 - MARGIN));
  const steps = Array.from({ length: limit * 4 + 1 }, (_, index) => index / 2 - limit);
  const grid = steps.map((step) =>
    element('line', {
      class: step === 0 ? 'base-l' : 'plot-g',
      ...{ x1: at(step), x2: at(step), y1: '0', y2: '100%', stroke: theme.grid },
    }),
  );
  const drawn = lanes.flatMap((lane) => {
    if (lane.value === null) return [];
    const y = percent((VIEWS.indexOf(lane.view) + 0.5) / VIEWS.length);
    const { line } = theme.views[lane.view];
    const whisker = (low: number, high: number) => {
      const place = { x1: at(low), x2: at(high), y1: y, y2: y };
      return element('line', { class: `line-${lane.view} reach`, ...place, stroke: line, 'stroke-width': 3 });
    };
    const reach = lane.interval === null ? [] : [whisker(lane.interval.low, lane.interval.high)];
    return [...reach, markUse(lane.view, at(lane.value), y)];
  });
  const size = { width: '100%', height: '100%', 'aria-hidden': 'true' };
  return element('svg', { class: 'plot-s', ...size }, ...grid, ...drawn);
}
