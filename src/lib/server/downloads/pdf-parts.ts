import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import type { View } from '#lib/analysis/types.ts';
import type { Mark } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';

/** The pieces that every part of a document is made of. */

/** Room that what follows a heading needs at the foot of a page, in points; with less the heading goes to the next page. */
const ROOM = 60;

/** A heading with what introduces it, never alone at the foot of a page. */
export function heading(
  text: string,
  intro: readonly Content[] = [],
  given: { newPage?: boolean; room?: number } = {},
): Content[] {
  const title: Content = { text, fontSize: 14, bold: true, margin: [0, given.newPage ? 0 : 12, 0, 4] };
  const kept = withRoom([title, ...intro], given.room);
  return given.newPage ? [{ text: '', fontSize: 1, lineHeight: 0.1, pageBreak: 'before' }, ...kept] : kept;
}

export function subheading(text: string, intro: readonly Content[] = []): Content[] {
  return withRoom([{ text, fontSize: 11, bold: true, margin: [0, 8, 0, 2] }, ...intro]);
}

/** Keeps parts together with room below them, and gives that room back. */
function withRoom(parts: readonly Content[], room = ROOM): Content[] {
  const blank = { text: '', fontSize: 1, lineHeight: 0.1 };
  return [
    { stack: [...parts, { ...blank, margin: [0, room, 0, 0] }], unbreakable: true },
    { ...blank, margin: [0, -room, 0, 0] },
  ];
}

/** Running text. */
export function paragraph(text: string, after = 4): Content {
  return { text, margin: [0, 0, 0, after] };
}

export function small(text: string, after = 2): Content {
  return { text, fontSize: 8, color: PAPER.text, margin: [0, 0, 0, after] };
}

const LETTERS = { director: 'D', ib: 'IB', teacher: 'L' } as const satisfies Record<View, string>;

/** A view's letter in its colour, as it stands in its mark. */
export function letter(view: View): { text: string; bold: true; color: string } {
  return { text: LETTERS[view], bold: true, color: PAPER.views[view].line };
}

/** The three values of an aspect in one line: "D 4   IB 5   L 3,8". */
export function markLine(marks: readonly Mark[]): { text: string; bold?: true; color?: string }[] {
  return marks.flatMap(({ view, text }, index) => [
    letter(view),
    { text: `\u00A0${text.replaceAll(' ', '\u00A0')}${index < marks.length - 1 ? '   ' : ''}` },
  ]);
}

/** About how many letters fit in a line of a column: the measure by which things are divided over two of them. */
export const LINE = 60;

/** The length of a text in whole lines. */
export function linesOf(text: string): number {
  return Math.ceil(text.length / LINE) * LINE;
}

/** The first half of what there is left, the rest right, so that both columns end at about the same height. */
export function inTwoColumns(parts: readonly { length: number; content: Content[] }[]): Content {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  const [left, right]: [Content[], Content[]] = [[], []];
  for (const { length, content } of parts) {
    (before + length / 2 <= total / 2 ? left : right).push(...content);
    before += length;
  }
  const column = (stack: Content[]): Column => ({ stack, width: '*' });
  return { columns: [column(left), column(right)], columnGap: 18 };
}

/** A cell that is there because a row needs it. */
export const EMPTY: TableCell = { text: '' };
