import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { BalanceFigure, BalanceRow } from '#lib/charts/balance-figure.ts';
import { balanceRowSvg } from '#lib/charts/balance-svg.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { EMPTY, letter, paragraph, title, together } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** Widths of the name of a view and of the axis; the words have the rest. */
const [NAME, AXIS] = [82, 224];

/** Advising and coaching as a pair: one axis a view, hollow where it began and filled where it is now. */
export function balance(figure: BalanceFigure, locale: Locale): Content {
  const rows = figure.rows.map((row): TableCell[] => [
    { text: [letter(row.view), { text: `\u00A0${row.name}`, bold: true }], margin: [0, 5, 0, 0] },
    { svg: balanceRowSvg(row, figure, { width: AXIS, height: 20, marks: 0.55 }, PAPER) },
    { text: wordsOf(row, locale), fontSize: SIZE.close, margin: [12, 5, 0, 0] },
  ]);
  const table = { widths: [NAME, AXIS, '*'], body: [[EMPTY, axisWords(locale), EMPTY], ...rows] };
  return together([
    title(m.report_balance_title({}, { locale })),
    paragraph(figure.caption),
    { table, layout: 'plain' satisfies TableStyle },
  ]);
}

function axisWords(locale: Locale): TableCell {
  const words = [
    [m.report_balance_axis_advising({}, { locale }), 'auto'],
    [m.report_balance_word_even({}, { locale }), '*'],
    [m.report_balance_axis_coaching({}, { locale }), 'auto'],
  ] as const;
  const columns = words.map(([text, width]) => ({ text, width, alignment: 'center' as const }));
  return { columns, fontSize: SIZE.label, color: PAPER.text };
}

/** What the axis says, and the figures: coaching minus advising in scale points. */
export function wordsOf({ words, now, start }: BalanceRow, locale: Locale): string {
  if (now === null) return words;
  const to = m.files_balance_now({ value: now.text }, { locale });
  return `${words} (${start ? `${start.round} ${start.text}, ${to}` : to})`;
}
