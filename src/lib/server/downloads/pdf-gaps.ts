import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { GapFigure, GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { gapRowSvg } from '#lib/charts/to-svg.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { viewWord } from '#lib/text/report-words.ts';
import { chip, heading, letter, paragraph, small, subheading } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** Widths of plot, values and reading; the statement has the rest. Height of a row: three lanes. */
const [PLOT, VALUES, READING, ROW] = [140, 54, 120, 22.5];

/** Room for the head of a chart and its first two rows, in points. */
const CHART = 80;

/** A chart of more rows begins a page, so that it is seen at once where it can be. */
const HALF_PAGE = 12;

/** Every aspect of every competency, the largest difference first. */
export function gapCharts(figures: readonly GapFigure[], teachers: number, locale: Locale): Content[] {
  const charts = figures.flatMap((figure, index) => [
    // What a missing mark means is told first: below the last row it could end up alone on the next page.
    ...subheading(figure.title, [paragraph(figure.caption, 2), notesOf(figure)], {
      newPage: index > 0 && figure.rows.length > HALF_PAGE,
      room: CHART,
    }),
    {
      table: {
        ...{ widths: ['*', PLOT + VALUES, READING], headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 2 },
        body: [headRow(figure, teachers, locale), ...figure.rows.map(gapRow)],
      },
      layout: 'lines' satisfies TableStyle,
    } satisfies Content,
  ]);
  // Beside the heading: the first chart fills its page to the foot.
  const sorted: Content = {
    ...small(m.report_gaps_sorted({}, { locale })),
    alignment: 'right',
    margin: [0, -17, 0, 0],
  };
  return [...heading(m.report_gaps_section({}, { locale }), [sorted], { newPage: true }), ...charts];
}

function notesOf({ notes }: GapFigure): Content {
  const text = notes.flatMap(({ word, texts }) => [{ text: `${word}: `, bold: true }, `${texts.join(' ')} `]);
  return { text, fontSize: SIZE.fine, color: PAPER.text };
}

function headRow({ scale, views: asked }: GapFigure, teachers: number, locale: Locale): TableCell[] {
  const views = asked.flatMap((view, index) => [
    letter(view),
    { text: `\u00A0${viewWord(view, teachers, locale)}${index < asked.length - 1 ? '   ' : ''}` },
  ]);
  const words = scale.labels.map((text) => ({ text, width: PLOT / 5, alignment: 'center' as const }));
  const axis = { columns: [...words, { text: '', width: '*' }], columnGap: 0, fontSize: SIZE.label, lineHeight: 1 };
  return [
    { text: views, fontSize: SIZE.fine, verticalAlignment: 'bottom' },
    { ...axis, verticalAlignment: 'bottom' },
    { text: m.report_gaps_reading({}, { locale }), fontSize: SIZE.fine, verticalAlignment: 'bottom' },
  ];
}

function gapRow(row: GapRow): TableCell[] {
  const box = { width: PLOT + VALUES, height: ROW, marks: 0.4, values: VALUES };
  const says = row.class === 'insufficient' || row.class === 'in_agreement' ? '' : `\n${row.classWord}`;
  return [
    {
      text: [{ text: `${row.code} `, color: PAPER.text }, row.statement],
      ...{ fontSize: SIZE.close, lineHeight: 1, verticalAlignment: 'middle' },
    },
    { svg: gapRowSvg(row, box, PAPER) },
    {
      text: [
        { ...chip(row), fontSize: SIZE.fine },
        { text: says, fontSize: SIZE.label, color: PAPER.text },
      ],
      ...{ lineHeight: 1.05, verticalAlignment: 'middle', margin: [4, 0, 0, 0] },
    },
  ];
}
