import type { Theme } from './theme.ts';
import { element, escapeXml } from './svg.ts';

/** Lines of text and the height that they take, in px. SVG breaks no lines by itself. */
export type TextBlock = { markup: string; height: number };

export type TextLook = { size: number; bold?: boolean; colour?: string; anchor?: 'middle' | 'end' };

/** An average letter is about half as wide as it is high; a little more, so that no line grows too long. */
const LETTER_WIDTH = 0.54;
const LINE_HEIGHT = 1.3;

/** Text from `x` (its middle or end with an anchor), its first line just below `y`, broken to fit a width. */
export function textBlock(
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
  { size, bold = false, colour, anchor }: TextLook,
  theme: Theme,
): TextBlock {
  const lines = breakLines(text, Math.max(1, Math.floor(width / (size * LETTER_WIDTH))));
  const spans = lines.map((line, index) =>
    element('tspan', { x, y: y + size * (0.95 + index * LINE_HEIGHT) }, escapeXml(line)),
  );
  const look = { 'font-family': theme.font, 'font-size': size, fill: colour ?? theme.text, 'text-anchor': anchor };
  const markup = element('text', { ...look, 'font-weight': bold ? 'bold' : undefined }, ...spans);
  return { markup, height: lines.length * size * LINE_HEIGHT };
}

/** Words in lines of at most so many characters; a longer word gets a line to itself. */
export function breakLines(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
