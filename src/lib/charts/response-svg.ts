import type { PaperTheme } from './paper-theme.ts';
import { namedDays, shortDay, type ResponseFigure } from './response-figure.ts';
import { element, escapeXml, short } from './svg.ts';
import type { Box } from './to-svg.ts';

/** So many days are named below it. */
const NAMED = 4;

/** Two lines over the days: submitted drawn through, begun dashed; the scale goes up to all that were asked. */
export function responseSvg(
  { days, invited }: ResponseFigure,
  { width, height, marks: size }: Box,
  theme: PaperTheme,
): string {
  const text = 12 * size;
  const [left, right, top, bottom] = [text * 2.4, width - text * 1.8, text, height - text * 1.9];
  const x = (index: number) => left + (index / Math.max(1, days.length - 1)) * (right - left);
  const y = (count: number) => bottom - (count / Math.max(1, invited)) * (bottom - top);
  const label = { class: 'plot-t', 'font-family': theme.font, 'font-size': text, fill: theme.text };
  const scale = [0, invited].flatMap((count) => [
    element('line', { class: 'plot-g', x1: left, x2: right, y1: y(count), y2: y(count), stroke: theme.grid }),
    element('text', { ...label, x: left - text * 0.6, y: y(count) + text * 0.35, 'text-anchor': 'end' }, String(count)),
  ]);
  const names = namedDays(days.length, NAMED).map((index) =>
    element(
      'text',
      { ...label, x: x(index), y: height - text * 0.3, 'text-anchor': 'middle' },
      escapeXml(shortDay(days[index]?.label ?? '')),
    ),
  );
  const line = (of: 'begun' | 'submitted', look: Readonly<Record<string, string | number>>) =>
    element('polyline', {
      points: days.map((day, index) => `${short(x(index))},${short(y(day[of]))}`).join(' '),
      ...{ class: 'plot-l', fill: 'none', stroke: theme.outline },
      ...look,
    });
  const viewBox = `0 0 ${short(width)} ${short(height)}`;
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox, preserveAspectRatio: 'xMinYMid meet' },
    ...scale,
    ...names,
    line('begun', { 'stroke-width': 1.5 * size, 'stroke-dasharray': `${4 * size} ${4 * size}` }),
    line('submitted', { 'stroke-width': 3 * size }),
  );
}
