import type { PaperTheme } from './paper-theme.ts';
import { element, escapeXml } from './svg.ts';
import { textBlock } from './svg-text.ts';
import type { TextLook } from './svg-text.ts';

/** Width of a file, and the room around what is on it, in px. */
export const WIDTH = 960;
export const EDGE = 24;

/** A file that is drawn from the top down and keeps where it is. */
export class Sheet {
  y = EDGE;
  private readonly parts: string[] = [];
  private readonly theme: PaperTheme;

  constructor(theme: PaperTheme) {
    this.theme = theme;
  }

  add(markup: string): void {
    this.parts.push(markup);
  }

  /** Text at a place; gives the height that it takes. */
  text(text: string, at: { x: number; y?: number; width: number }, look: TextLook): number {
    const block = textBlock(text, { y: this.y, ...at }, look, this.theme);
    this.parts.push(block.markup);
    return block.height;
  }

  /** A whole line of text, below what is there. */
  line(text: string, look: TextLook, after = 8): void {
    this.y += this.text(text, { x: EDGE, width: WIDTH - 2 * EDGE }, look) + after;
  }

  /** A drawing of its own, moved to a place. */
  place(svg: string, x: number, y: number): void {
    this.parts.push(svg.replace('<svg ', `<svg x="${x}" y="${y}" `));
  }

  rule(y: number, colour = this.theme.grid): void {
    this.parts.push(element('line', { x1: EDGE, x2: WIDTH - EDGE, y1: y, y2: y, stroke: colour }));
  }

  finish(title: string, description: string): string {
    const height = Math.ceil(this.y + EDGE);
    return element(
      'svg',
      {
        ...{ xmlns: 'http://www.w3.org/2000/svg', width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` },
        ...{ role: 'img', 'aria-labelledby': 'title description' },
      },
      element('title', { id: 'title' }, escapeXml(title)),
      element('desc', { id: 'description' }, escapeXml(description)),
      element('rect', { width: WIDTH, height, fill: this.theme.sheet }),
      ...this.parts,
    );
  }
}
