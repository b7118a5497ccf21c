import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { GapFigure, GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { gapRowSvg } from '#lib/charts/to-svg.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { viewWord } from '#lib/text/report-words.ts';
import { heading, letter, paragraph, small, subheading } from './pdf-parts.ts';
import type { TableStyle } from './pdf-spec.ts';

/** Widths of plot, values and reading; the statement has the rest. Height of a row: three lanes. */
const [PLOT, VALUES, READING, ROW] = [158, 54, 104, 23.8];

/** Every aspect of every competency, the largest difference first. */
export function gapCharts(figures: readonly GapFigure[], teachers: number, locale: Locale): Content[] {
  const charts = figures.flatMap((figure) => [
    ...subheading(figure.title, [paragraph(figure.caption, 2)]),
    {
      table: {
        ...{ widths: ['*', PLOT + VALUES, READING], headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 2 },
        body: [headRow(figure, teachers, locale), ...figure.rows.map(gapRow)],
      },
      layout: 'lines' satisfies TableStyle,
    } satisfies Content,
    ...figure.notes.map(({ word, texts }) => small(`${word}: ${texts.join(' ')}`, 0)),
  ]);
  const sorted = small(m.report_gaps_sorted({}, { locale }), 0);
  return [...heading(m.report_gaps_section({}, { locale }), [sorted], { newPage: true }), ...charts];
}

function headRow({ scale }: GapFigure, teachers: number, locale: Locale): TableCell[] {
  const views = (['director', 'ib', 'teacher'] as const).flatMap((view, index) => [
    letter(view),
    { text: `\u00A0${viewWord(view, teachers, locale)}${index < 2 ? '   ' : ''}` },
  ]);
  const words = scale.labels.map((text) => ({ text, width: PLOT / 5, alignment: 'center' as const }));
  const axis = { columns: [...words, { text: '', width: '*' }], columnGap: 0, fontSize: 6.5, lineHeight: 1 };
  return [
    { text: views, fontSize: 8, verticalAlignment: 'bottom' },
    { ...axis, verticalAlignment: 'bottom' },
    { text: m.report_gaps_reading({}, { locale }), fontSize: 8, verticalAlignment: 'bottom' },
  ];
}

function gapRow(row: GapRow): TableCell[] {
  const box = { width: PLOT + VALUES, height: ROW, marks: 0.42, values: VALUES };
  const look = row.reading === 'insufficient' ? null : PAPER.readings[row.reading];
  const word = { text: `\u00A0${row.readingWord}\u00A0`, bold: true, fontSize: 8 };
  const chip = look ? { ...word, background: look.fill, color: look.text } : word;
  const says = row.class === 'insufficient' || row.class === 'in_agreement' ? '' : `\n${row.classWord}`;
  return [
    {
      text: [{ text: `${row.code} `, color: PAPER.text }, row.statement],
      ...{ fontSize: 8, lineHeight: 1, verticalAlignment: 'middle' },
    },
    { svg: gapRowSvg(row, box, PAPER) },
    {
      text: [chip, { text: says, fontSize: 7, color: PAPER.text }],
      ...{ lineHeight: 1.05, verticalAlignment: 'middle', margin: [4, 0, 0, 0] },
    },
  ];
}
