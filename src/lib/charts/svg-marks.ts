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

/** The middle of a mark in px or pt, and how large it is: 1 is 19–26, with room for its letter. */
export type MarkPlace = { view: View; x: number; y: number; size: number };

/** Square, diamond or circle with the view's letter, and an outline in ink: never colour alone. */
export function fullMark(place: MarkPlace, theme: Theme): string {
  return shapeOf(place, filled(place.view, theme)) + letterOf(place, theme);
}

/** The same shape without its letter, where a figure or a line leads the eye. */
export function smallMark(place: MarkPlace, theme: Theme): string {
  return shapeOf(place, filled(place.view, theme));
}

/** The shape's outline: "the others", or "the start". */
export function hollowMark(place: MarkPlace, theme: Theme & { sheet: string }): string {
  return shapeOf(place, { class: 'ghost', fill: theme.sheet, stroke: theme.text, 'stroke-width': 1.25 * place.size });
}

/** The sizes of marks without a letter, as shares of a full one: filled ones are larger, for they lie on top. */
export const SMALL = 0.68;
export const HOLLOW = 0.52;

/** All marks as symbols, once a page: `mark-`, `small-` and `hollow-` with the view. `markUse` draws a full one. */
export function markSymbols(theme: Theme & { sheet: string }): string {
  const symbol = (id: string, drawn: string) => element('symbol', { id, overflow: 'visible' }, drawn);
  return VIEWS.flatMap((view) => {
    const at = { view, x: 0, y: 0 };
    return [
      symbol(`mark-${view}`, element('g', { class: 'plot-m' }, fullMark({ ...at, size: 1 }, theme))),
      symbol(`small-${view}`, smallMark({ ...at, size: SMALL }, theme)),
      symbol(`hollow-${view}`, hollowMark({ ...at, size: HOLLOW }, theme)),
    ];
  }).join('');
}

/** A full mark of `markSymbols` at a place that moves with the page: a percentage. */
export function markUse(view: View, x: string, y: string): string {
  return element('use', { href: `#mark-${view}`, x, y });
}

type Look = Readonly<Record<string, string | number>>;

function filled(view: View, theme: Theme): Look {
  const { fill } = theme.views[view];
  return { class: CLASSES[view][0], fill, stroke: theme.outline, 'stroke-width': 1.25 };
}

function shapeOf({ view, x, y, size }: MarkPlace, look: Look): string {
  if (view === 'teacher') return element('circle', { cx: x, cy: y, r: 10.5 * size, ...look });
  const half = 9.5 * size;
  if (view === 'director') {
    const [width, height] = [2 * half, 2 * half];
    return element('rect', { x: x - half, y: y - half, width, height, rx: 1.5 * size, ...look });
  }
  const [reach, back] = [short(13 * size), short(-13 * size)];
  return element('path', {
    d: `M${short(x)} ${short(y - 13 * size)}l${reach} ${reach} ${back} ${reach} ${back} ${back}z`,
    ...look,
  });
}

function letterOf({ view, x, y, size }: MarkPlace, theme: Theme): string {
  const letter = LETTERS[view];
  const height = (letter.length > 1 ? 10 : 11) * size;
  return element(
    'text',
    {
      ...{ class: CLASSES[view][1], x, y: y + height * 0.36, fill: theme.views[view].letter },
      ...{ 'font-family': theme.font, 'font-size': height, 'font-weight': 'bold', 'text-anchor': 'middle' },
    },
    letter,
  );
}
