import type { Content, PatternFill, TableCell } from 'pdfmake/interfaces.js';
import type { View } from '#lib/analysis/types.ts';
import type { Mark, TriptychFigure, TriptychRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { element } from '#lib/charts/svg.ts';
import { fullMark } from '#lib/charts/svg-marks.ts';
import { trackSvg } from '#lib/charts/to-svg.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { isClosed, reasonWord } from '#lib/text/report-reasons.ts';
import { reportDetails } from '#lib/text/report-details.ts';
import { EMPTY, heading, paragraph, small } from './pdf-parts.ts';
import { HATCH, SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** Whose report it is, the sentence to begin with, and what may be concluded from who answered. */
export function overviewHead({ head, answered }: ReportPage, locale: Locale): Content[] {
  const details = reportDetails(head, locale).join(' · ');
  const concluded = answered.filter(({ withheld }) => !withheld).map(({ text }) => text);
  return [
    brand(m.report_purpose({}, { locale })),
    {
      text: [
        { text: head.schoolName, bold: true },
        { text: ` · ${details}`, color: PAPER.text },
      ],
      ...{ fontSize: SIZE.close, margin: [0, 8, 0, 3] },
    },
    { text: head.lead, bold: true, fontSize: 18, lineHeight: 1.05, margin: [0, 0, 20, 5] },
    ...(head.more.length > 0 ? [paragraph(head.more.join(' '))] : []),
    ...(head.asked === null ? [] : [small(head.asked)]),
    ...answered.flatMap(({ text, withheld }) => (withheld ? [withheldNote(text)] : [])),
    ...(concluded.length > 0 ? [small(concluded.join(' '))] : []),
  ];
}

/** The product's name, and beside it what the document is for or holds. */
export function brand(purpose: string): Content {
  return {
    columns: [
      { svg: LOGO, width: 29 },
      { text: 'Drieluik', bold: true, fontSize: 12, width: 'auto', margin: [6, 3, 0, 0] },
      { text: purpose, bold: true, fontSize: SIZE.close, alignment: 'right', margin: [0, 6, 0, 0] },
    ],
  };
}

/** The same bar and ground as on the page: withheld, said first. */
function withheldNote(text: string): Content {
  const body: TableCell[][] = [[{ text, fontSize: SIZE.close, fillColor: PAPER.band }]];
  return { table: { widths: ['*'], body }, layout: 'bar' satisfies TableStyle, margin: [0, 2, 0, 4] };
}

/** Competencies × views, panel by panel. */
export function triptych({ columns, rows, caption, scale }: TriptychFigure, locale: Locale): Content[] {
  const panel = 76;
  const head = columns.map(({ view, label, count, closed }): TableCell => ({
    stack: [
      { svg: markSvg(view), width: 16, alignment: 'center' },
      { text: label, bold: true, margin: [0, 2, 0, 0] },
      { text: count, fontSize: SIZE.fine },
    ],
    ...ground(view, closed),
  }));
  const body = rows.map((row) => [
    { text: row.title, bold: true, margin: [0, 4, 0, 0] } satisfies TableCell,
    ...row.marks.map((mark) => triptychCell(mark, row, panel, locale)),
    classCell(row),
  ]);
  const note = { low: scale.labels.at(0) ?? '', high: scale.labels.at(-1) ?? '' };
  return [
    ...heading(m.report_triptych_title({}, { locale }), [paragraph(caption)]),
    {
      table: {
        ...{ widths: ['*', ...columns.map(() => panel), 150], headerRows: 1, dontBreakRows: true },
        body: [[EMPTY, ...head, EMPTY], ...body],
      },
      ...{ layout: 'panels' satisfies TableStyle, margin: [0, 2, 0, 4] },
    },
    small(m.report_scale_note(note, { locale })),
  ];
}

function triptychCell(mark: Mark, { marks }: TriptychRow, width: number, locale: Locale): TableCell {
  if (mark.value === null) {
    // The whole reason stands above; each cell of a closed panel says so in two words, as on the page.
    const closed = isClosed(mark.reason);
    const text = closed ? reasonWord(mark.reason, locale) : mark.text;
    return { text, fontSize: SIZE.label, margin: [0, 6, 0, 0], ...ground(mark.view, closed) };
  }
  const track = trackSvg(marks, mark.view, { width, height: 13, marks: 0.65 }, PAPER);
  const figure = { text: mark.text, bold: true, fontSize: 13, lineHeight: 1 };
  return { stack: [figure, { svg: track }], ...ground(mark.view, false) };
}

/** A view's panel: its colour, or stripes of it when the panel is closed. */
function ground(view: View, closed: boolean) {
  const colour = PAPER.panels[view];
  const fillColor: string | PatternFill = closed ? [HATCH, colour] : colour;
  return { alignment: 'center' as const, fillColor };
}

function classCell({ classWord, class: word, notes }: TriptychRow): TableCell {
  const isGap = ['contested', 'blind_spot', 'hidden_strength'].includes(word);
  const look = isGap ? { bold: true, color: PAPER.readings.seen_differently.text } : {};
  return {
    stack: [{ text: classWord, ...look }, ...notes.map((text) => ({ text, fontSize: SIZE.label, color: PAPER.text }))],
    margin: [0, 4, 0, 0],
  };
}

const NS = 'http://www.w3.org/2000/svg';

/** A view's mark with its letter, as a drawing of its own. */
export function markSvg(view: View): string {
  const mark = fullMark({ view, x: 14, y: 14, size: 1 }, PAPER);
  return element('svg', { xmlns: NS, width: 28, height: 28, viewBox: '0 0 28 28' }, mark);
}

/** The three panels of the product's mark. */
export const LOGO = element(
  'svg',
  { xmlns: NS, width: 46, height: 32, viewBox: '0 0 46 32' },
  element('path', { fill: PAPER.views.director.fill, d: 'M1 7l11-4v26L1 25z' }),
  element('path', { fill: PAPER.views.ib.fill, d: 'M14 1h18v30H14z' }),
  element('path', { fill: PAPER.views.teacher.fill, d: 'M34 3l11 4v18l-11 4z' }),
  element('path', { fill: PAPER.sheet, d: 'M4 13.2h5v5H4z' }),
  element('path', { fill: PAPER.sheet, d: 'M23 9.5l6.5 6.5-6.5 6.5-6.5-6.5z' }),
  element('circle', { fill: PAPER.sheet, cx: 39.5, cy: 16, r: 2.9 }),
);
