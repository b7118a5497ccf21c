import type { BalanceFigure, BalanceRow } from './balance-figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { element, escapeXml, short } from './svg.ts';
import { fullMark, HOLLOW, hollowMark } from './svg-marks.ts';
import type { Box } from './to-svg.ts';

/** The axis has a margin at both ends, so that a mark at its end stays within: the same share as on the screen. */
const MARGIN = 0.04;

/**
 * One view on the axis from advising to coaching: hollow where it began, with the name of that round above it, and filled
 * where it is now. A view without a place has the axis alone: the words beside it say why.
 */
export function balanceRowSvg(
  { view, now, start }: BalanceRow,
  { limit }: Pick<BalanceFigure, 'limit'>,
  { width, height, marks: size }: Box,
  theme: PaperTheme,
): string {
  const at = (value: number) => (0.5 + (value / limit) * (0.5 - MARGIN)) * width;
  const y = height - 14 * size;
  const axis = `M${short(at(-limit))} ${short(y)}H${short(at(limit))}M${short(at(0))} ${short(y - 9 * size)}v${short(18 * size)}`;
  const drawn: string[] = [element('path', { d: axis, stroke: theme.grid, fill: 'none' })];
  if (start) {
    const [x1, x2] = [at(start.value), at(now.value)];
    const name = { x: x1, y: y - 12 * size, 'font-family': theme.font, 'font-size': 12 * size, fill: theme.text };
    drawn.push(
      element('line', { x1, x2, y1: y, y2: y, stroke: theme.views[view].line, 'stroke-width': 2.25 * size }),
      hollowMark({ view, x: x1, y, size: HOLLOW * size }, theme),
      element('text', { ...name, 'text-anchor': 'middle' }, escapeXml(start.round)),
    );
  }
  if (now) drawn.push(fullMark({ view, x: at(now.value), y, size }, theme));
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height }, ...drawn);
}
