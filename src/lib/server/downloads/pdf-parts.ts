import type { Column, Content, ContentStack, ContentText, TableCell } from 'pdfmake/interfaces.js';
import type { View } from '#lib/analysis/types.ts';
import type { GapRow, Mark } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { SIZE } from './pdf-spec.ts';

/** The pieces that every part of a document is made of. */

/** Room that what follows a heading needs at the foot of a page, in points; with less the heading goes to the next page. */
const ROOM = 60;

/** A heading with what introduces it, never alone at the foot of a page. */
export function heading(
  text: string,
  intro: readonly Content[] = [],
  given: { newPage?: boolean; room?: number } = {},
): Content[] {
  return begun(withRoom([title(text, given.newPage ? 0 : undefined), ...intro], given.room), given.newPage);
}

export function subheading(
  text: string,
  intro: readonly Content[] = [],
  given: { newPage?: boolean; room?: number } = {},
): Content[] {
  return begun(withRoom([subtitle(text, given.newPage ? 0 : undefined), ...intro], given.room), given.newPage);
}

function begun(parts: Content[], newPage = false): Content[] {
  return newPage ? [{ ...BLANK, pageBreak: 'before' }, ...parts] : parts;
}

/** A line that is not seen, for what needs one. */
const BLANK = { text: '', fontSize: 1, lineHeight: 0.1 };

/** The words of a heading, for what is kept together with them. */
export function title(text: string, before = 12): Content {
  return { text, fontSize: 14, bold: true, margin: [0, before, 0, 4] };
}

export function subtitle(text: string, before = 8): Content {
  return { text, fontSize: 11, bold: true, margin: [0, before, 0, 2] };
}

/** Parts that stand on one page. */
export function together(stack: Content[]): ContentStack {
  return { stack, unbreakable: true };
}

/** Keeps parts together with room below them, and gives that room back. */
export function withRoom(parts: readonly Content[], room = ROOM): Content[] {
  return [
    { stack: [...parts, { ...BLANK, margin: [0, room, 0, 0] }], unbreakable: true },
    { ...BLANK, margin: [0, -room, 0, 0] },
  ];
}

/** Running text. */
export function paragraph(text: string, after = 4): Content {
  return { text, margin: [0, 0, 0, after] };
}

/** What is good to know, below what is to be read. */
export function small(text: string, after = 2): ContentText {
  return { text, fontSize: SIZE.fine, color: PAPER.text, margin: [0, 0, 0, after] };
}

const LETTERS = { director: 'D', ib: 'IB', teacher: 'L' } as const satisfies Record<View, string>;

/** A view's letter in its colour, as it stands in its mark. */
export function letter(view: View): { text: string; bold: true; color: string } {
  return { text: LETTERS[view], bold: true, color: PAPER.views[view].line };
}

/** The values of an aspect in one line: "D 4   IB 5   L 3,8". */
export function markLine(marks: readonly Mark[]): { text: string; bold?: true; color?: string }[] {
  return marks.flatMap(({ view, text }, index) => [
    letter(view),
    { text: `\u00A0${text.replaceAll(' ', '\u00A0')}${index < marks.length - 1 ? '   ' : ''}` },
  ]);
}

/** What a gap asks for, on the ground of its reading. */
export function chip({ reading, readingWord }: GapRow) {
  const look = reading === 'insufficient' ? null : PAPER.readings[reading];
  const word = { text: `\u00A0${readingWord}\u00A0`, bold: true };
  return look ? { ...word, background: look.fill, color: look.text } : word;
}

/** About how many letters fit in a line of a column: the measure by which things are divided over two of them. */
export const LINE = 60;

/** The length of a text in whole lines. */
export function linesOf(text: string): number {
  return Math.ceil(text.length / LINE) * LINE;
}

const COLUMN_GAP = 18;

/** From the first column to the last, so that the highest is as low as it can be; `length` in letters. */
export function inColumns(parts: readonly { length: number; content: Content }[], count: number): Content {
  const lengths = parts.map(({ length }) => length);
  let limit = Math.max(0, ...lengths);
  while (columnsWithin(parts, limit).length > count) limit += LINE;
  const columns = columnsWithin(parts, limit);
  return sideBySide(Array.from({ length: count }, (_, index) => columns[index] ?? []));
}

/** Columns that are filled as far as the limit goes. */
function columnsWithin(parts: readonly { length: number; content: Content }[], limit: number): Content[][] {
  const columns: Content[][] = [];
  let height = Infinity;
  for (const { length, content } of parts) {
    if (height + length > limit) {
      columns.push([]);
      height = 0;
    }
    columns.at(-1)?.push(content);
    height += length;
  }
  return columns;
}

/** Two by two, read from left to right; neither a part nor a row of them is broken. */
export function inRowsOfTwo(parts: readonly Content[]): Content[] {
  const rows: Content[] = [];
  for (let first = 0; first < parts.length; first += 2) {
    const pair = [parts.slice(first, first + 1), parts.slice(first + 1, first + 2)];
    rows.push(together([sideBySide(pair)]));
  }
  return rows;
}

function sideBySide(columns: readonly Content[][]): Content {
  return { columns: columns.map((stack): Column => ({ stack, width: '*' })), columnGap: COLUMN_GAP };
}

/** A cell that is there because a row needs it. */
export const EMPTY: TableCell = { text: '' };
