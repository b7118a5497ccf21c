import type { Content } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { roomToWrite, rounds } from './pdf-closing.ts';
import { gapCharts } from './pdf-gaps.ts';
import { overviewHead, tally, triptych } from './pdf-overview.ts';
import type { PdfSpec } from './pdf-spec.ts';
import { remarks, shortLists, talks } from './pdf-talks.ts';

/**
 * A report on paper, from what its page shows and nothing else: first the overview, then every aspect, the talks, the
 * lists and remarks, the rounds and room to write (DESIGN: print).
 */
export function reportDocument(page: ReportPage, locale: Locale): PdfSpec {
  const rows = rowsOf(page);
  const names = { school: page.head.schoolName, round: page.head.round };
  return specOf(m.report_title(names, { locale }), locale, [
    ...overview(page, locale),
    ...gapCharts(page.gaps, page.teachers, locale),
    ...talks(page.readings.cards, rows, locale),
    ...shortLists(page.lists, rows, locale),
    ...remarks(page, locale),
    ...(page.rounds ? rounds(page.rounds.figure, page.teachers, locale) : []),
    roomToWrite(locale),
  ]);
}

/** The overview alone, to begin a talk with. */
export function summaryDocument(page: ReportPage, locale: Locale): PdfSpec {
  const names = { school: page.head.schoolName, round: page.head.round };
  return specOf(m.files_summary_title(names, { locale }), locale, overview(page, locale));
}

function overview(page: ReportPage, locale: Locale): Content[] {
  return [...overviewHead(page, locale), ...triptych(page.triptych, locale), ...tally(page.readings, locale)];
}

function specOf(title: string, language: Locale, content: Content[]): PdfSpec {
  const at = { locale: language };
  // The writing thread knows the number of a page, not the language.
  const foot = { left: m.files_foot({}, at), page: m.files_page({ page: '{page}', pages: '{pages}' }, at) };
  return { title, language, content, foot };
}

function rowsOf({ gaps }: ReportPage): Map<string, GapRow> {
  return new Map(gaps.flatMap(({ rows }) => rows.map((row) => [row.code, row] as const)));
}
