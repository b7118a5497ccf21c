import type { Content } from 'pdfmake/interfaces.js';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { heading, letter, paragraph, subheading } from './pdf-parts.ts';

/** What there is and what is missing, view by view, and what comes next. */
export function missingViews({ views, next }: NonNullable<ReportPage['missing']>, locale: Locale): Content[] {
  const told = views.map(({ view, label, text }): Content => ({
    text: [letter(view), { text: `\u00A0\u00A0${label}. `, bold: true }, { text }],
    margin: [0, 2, 0, 4],
  }));
  return [
    ...heading(m.report_missing_title({}, { locale }), [paragraph(m.report_missing_lead({}, { locale }))]),
    ...told,
    ...subheading(m.report_missing_next_title({}, { locale })),
    paragraph(next),
  ];
}
