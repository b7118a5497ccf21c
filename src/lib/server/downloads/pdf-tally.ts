import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { element } from '#lib/charts/svg.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { small, title, together } from './pdf-parts.ts';
import { CONTENT_WIDTH, SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** How many aspects have each reading, with a bar each. */
export function tally({ caption, tally: rows }: ReportPage['readings'], locale: Locale): Content {
  const words = 296;
  const width = CONTENT_WIDTH - words - 150;
  const body = rows.map(({ reading, word, count, share }): TableCell[] => {
    const { fill, text } = PAPER.readings[reading];
    const bar = { x: 1, y: 1.5, height: 9, rx: 2, width: Math.max(0, share * (width - 2)), fill, stroke: text };
    const svg = element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', width, height: 12 },
      ...(count > 0 ? [element('rect', bar)] : []),
    );
    return [
      { text: word, bold: true },
      { text: `${count}`, bold: true, alignment: 'right' },
      { svg, margin: [8, 0, 0, 0] },
    ];
  });
  return together([
    title(m.report_readings_title({}, { locale }), 8),
    {
      columns: [
        {
          stack: [
            { text: caption, fontSize: SIZE.close, margin: [0, 0, 0, 2] },
            small(m.report_gaps_chance({}, { locale })),
          ],
          width: words,
        },
        { table: { widths: [102, 20, '*'], body }, layout: 'plain' satisfies TableStyle, width: '*' },
      ],
      columnGap: 14,
    },
  ]);
}
