import type { View } from '#lib/analysis/types.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Theme } from './theme.ts';
import { element, short } from './svg.ts';

/** The stylesheet's classes of a view's mark and letter; where there is a stylesheet they win over the colours. */
const CLASSES = {
  director: ['m-d', 'ml ml-d'],
  ib: ['m-i', 'ml ml-i'],
  teacher: ['m-t', 'ml ml-t'],
} as const satisfies Record<View, readonly [string, string]>;

const LETTERS = { director: 'D', ib: 'IB', teacher: 'L' } as const satisfies Record<View, string>;

/** A mark's place, in any length of SVG, and how large it is: 1 is 19–26 px, with room for its letter. */
export type MarkPlace = { view: View; x: string; y: string; size: number };

/** Square, diamond or circle with the view's letter, and an outline in ink: never colour alone. */
export function fullMark({ view, x, y, size }: MarkPlace, theme: Theme): string {
  return placed(x, y, shapeOf(view, size, filled(view, theme)), letterOf(view, size, theme));
}

/** The same shape without its letter, where a figure or a line leads the eye. */
export function smallMark({ view, x, y, size }: MarkPlace, theme: Theme): string {
  return placed(x, y, shapeOf(view, size, filled(view, theme)));
}

/** The shape's outline: "the others", or "the start". */
export function hollowMark({ view, x, y, size }: MarkPlace, theme: Theme & { sheet: string }): string {
  return placed(x, y, shapeOf(view, size, { fill: theme.sheet, stroke: theme.text, 'stroke-width': 1.25 * size }));
}

/** The full marks as symbols, once a page; `markUse` draws one. */
export function markSymbols(theme: Theme): string {
  return VIEWS.map((view) =>
    element(
      'symbol',
      { id: `mark-${view}`, overflow: 'visible' },
      element('g', { class: 'plot-m' }, shapeOf(view, 1, filled(view, theme)), letterOf(view, 1, theme)),
    ),
  ).join('');
}

/** A full mark of `markSymbols`. */
export function markUse({ view, x, y }: MarkPlace): string {
  return element('use', { href: `#mark-${view}`, x, y });
}

type Look = Readonly<Record<string, string | number>>;

function filled(view: View, theme: Theme): Look {
  const { fill } = theme.views[view];
  return { class: CLASSES[view][0], fill, stroke: theme.outline, 'stroke-width': 1.25 };
}

function shapeOf(view: View, size: number, look: Look): string {
  if (view === 'teacher') return element('circle', { r: 10.5 * size, ...look });
  const half = 9.5 * size;
  if (view === 'director') {
    return element('rect', { x: -half, y: -half, width: 2 * half, height: 2 * half, rx: 1.5 * size, ...look });
  }
  const reach = short(13 * size);
  return element('path', { d: `M0 -${reach}L${reach} 0L0 ${reach}L-${reach} 0z`, ...look });
}

function letterOf(view: View, size: number, theme: Theme): string {
  const letter = LETTERS[view];
  const height = (letter.length > 1 ? 10 : 11) * size;
  return element(
    'text',
    {
      ...{ class: CLASSES[view][1], y: height * 0.36, fill: theme.views[view].letter },
      ...{ 'font-family': theme.font, 'font-size': height, 'font-weight': 'bold', 'text-anchor': 'middle' },
    },
    letter,
  );
}

/** A drawing around its own middle, moved to a place that may be a percentage. */
function placed(x: string, y: string, ...parts: readonly string[]): string {
  return element('svg', { x, y, overflow: 'visible' }, ...parts);
}
