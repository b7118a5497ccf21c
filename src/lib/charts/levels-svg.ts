import type { View } from '#lib/analysis/types.ts';
import type { PaperTheme } from './paper-theme.ts';
import { element, short } from './svg.ts';
import { HOLLOW, hollowMark, SMALL, smallMark } from './svg-marks.ts';

/** The size of the drawing; a place in a page scales it, for it holds no text. */
const WIDTH = 180;
const HEIGHT = 30;
const COLUMNS = 5;

/** One view's mean at the start (hollow) and now (filled) on the five columns of the scale, 1 to 5. */
export function levelsSvg({ view, from, to }: { view: View; from: number; to: number }, theme: PaperTheme): string {
  const column = WIDTH / COLUMNS;
  const x = (value: number) => (value - 0.5) * column;
  const y = HEIGHT / 2;
  const ticks = Array.from({ length: COLUMNS }, (_, index) =>
    element('path', { class: 'base-l', d: `M${short(x(index + 1))} 2V${HEIGHT - 2}`, stroke: theme.grid }),
  );
  const line = { class: `line-${view}`, stroke: theme.views[view].line, 'stroke-width': 2, fill: 'none' };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'course', 'aria-hidden': 'true' },
    ...ticks,
    element('path', { ...line, d: `M${short(x(from))} ${y}H${short(x(to))}` }),
    hollowMark({ view, x: x(from), y, size: HOLLOW }, theme),
    smallMark({ view, x: x(to), y, size: SMALL * 0.8 }, theme),
  );
}
