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

/** What the thread is asked for: a document, or a drawing as a picture. */
export type WorkerTask = PdfSpec | { svg: string };

/** Named layouts of tables, which the writing thread knows. */
export type TableStyle = 'panels' | 'lines' | 'listed' | 'plain' | 'card' | 'bar';

export const FONT = 'Atkinson Hyperlegible Next';

/** A4 in points, and the margins: left, top, right, bottom. */
export const PAGE = { width: 595.28, margins: [40, 30, 40, 36] } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.margins[0] - PAGE.margins[2];

/** Sizes of letters in points: running text, what is read closely in columns, fine print, and the labels of a drawing. */
export const SIZE = { text: 9, close: 8.5, fine: 8, label: 7 } as const;

/** Where a cell stands for something withheld. */
export const HATCH = 'hatch';
