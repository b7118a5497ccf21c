import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { chip, paragraph, small, title, together } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** What to talk about first: at most three aspects, each with why, and the rule that picked them. */
export function firstThree(
  { aspects, rule, fewer, isCompared }: ReportPage['first'],
  rows: ReadonlyMap<string, GapRow>,
  locale: Locale,
): Content {
  const body = aspects.flatMap(({ code, why }): TableCell[][] => {
    const row = rows.get(code);
    return row
      ? [
          [
            { text: chip(row), fontSize: SIZE.close },
            { text: saidOf(row, why), fontSize: SIZE.close, lineHeight: 1.05 },
          ],
        ]
      : [];
  });
  const head = title(m.report_first_title({}, { locale }), 8);
  if (body.length === 0) {
    const none = isCompared ? m.report_first_none({}, { locale }) : m.report_first_nothing({}, { locale });
    return together([head, paragraph(none)]);
  }
  const table = { widths: [102, '*'], body };
  return together([
    head,
    { table, layout: 'listed' satisfies TableStyle, margin: [0, 0, 0, 2] },
    small(fewer === null ? rule : `${fewer} ${rule}`),
  ]);
}

function saidOf({ code, statement }: GapRow, why: string | null) {
  const told = why === null ? [] : [{ text: `\n${why}` }];
  return [{ text: `${code} `, color: PAPER.text }, { text: statement, bold: true }, ...told];
}
