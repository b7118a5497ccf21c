import type { Content } from 'pdfmake/interfaces.js';

/** A document as plain data, so that it can be handed to another thread: no functions, colours and sizes included. */
export type PdfSpec = {
  title: string;
  /** The language of its texts, as a browser or a screen reader names it. */
  language: string;
  content: Content[];
  /** The running foot; in `page` the words {page} and {pages} are filled in. */
  foot: { left: string; page: string };
};

/** Named layouts of tables, which the writing thread knows. */
export type TableStyle = 'panels' | 'lines' | 'plain' | 'card' | 'bar';

export const FONT = 'Atkinson Hyperlegible Next';

/** A4 in points, and the margins: left, top, right, bottom. */
export const PAGE = { width: 595.28, margins: [42, 32, 42, 38] } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.margins[0] - PAGE.margins[2];

/** Where a cell stands for something withheld. */
export const HATCH = 'hatch';
