import type { Content } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { balance } from './pdf-balance.ts';
import { roomToWrite, rounds } from './pdf-closing.ts';
import { firstThree } from './pdf-first.ts';
import { gapCharts } from './pdf-gaps.ts';
import { missingViews } from './pdf-missing.ts';
import { overviewHead, triptych } from './pdf-overview.ts';
import type { PdfSpec } from './pdf-spec.ts';
import { linesOfRemarks, remarks } from './pdf-remarks.ts';
import { shortLists, talks } from './pdf-talks.ts';
import { tally } from './pdf-tally.ts';

/**
 * A report on paper, from what its page shows and nothing else: first the overview, then every aspect, the talks, the
 * lists and remarks, the rounds, the balance and room to write (DESIGN: print). The IB'er's own look-back is in no file:
 * a file is handed on.
 */
export function reportDocument(page: ReportPage, locale: Locale): PdfSpec {
  const rows = rowsOf(page);
  const room = roomIn(page);
  const names = { school: page.head.schoolName, round: page.head.round };
  if (page.missing) return specOf(m.report_title(names, { locale }), locale, withoutTwoViews(page, locale));
  return specOf(m.report_title(names, { locale }), locale, [
    ...overview(page, locale),
    ...gapCharts(page.gaps, page.teachers, locale),
    ...talks(page.readings.cards, rows, locale),
    ...shortLists(page.lists, room.onList, rows, locale),
    ...remarks(page, locale),
    ...(page.rounds ? rounds(page.rounds.figure, page.teachers, locale) : []),
    ...(page.balance ? [balance(page.balance, locale)] : []),
    ...(room.linesToWrite > 0 ? [roomToWrite(room.linesToWrite, locale)] : []),
  ]);
}

/** What there is where fewer than two views can be shown, as the page has it: nothing that compares. */
function withoutTwoViews(page: ReportPage, locale: Locale): Content[] {
  return [
    ...overview(page, locale),
    ...(page.missing?.hasFigures ? gapCharts(page.gaps, page.teachers, locale) : []),
    ...(page.remarks.groups.length > 0 ? remarks(page, locale) : []),
    ...(page.rounds ? rounds(page.rounds.figure, page.teachers, locale) : []),
  ];
}

/** What keeps short beside so many lines of remarks, so that the report keeps to its eight pages; the most lines first. */
const BESIDE_REMARKS = [
  { lines: 74, onList: 1, linesToWrite: 0 },
  { lines: 60, onList: 1, linesToWrite: 1 },
  { lines: 48, onList: 2, linesToWrite: 1 },
];

/** Aspects a short list, and lines to write on (0: no room to write), more where no earlier rounds need their place. */
function roomIn(page: ReportPage): { onList: number; linesToWrite: number } {
  const lines = linesOfRemarks(page);
  const kept = BESIDE_REMARKS.find((step) => lines > step.lines);
  return kept ?? { onList: 3, linesToWrite: page.rounds ? 2 : 4 };
}

/** The overview alone, to begin a talk with. */
export function summaryDocument(page: ReportPage, locale: Locale): PdfSpec {
  const names = { school: page.head.schoolName, round: page.head.round };
  return specOf(m.files_summary_title(names, { locale }), locale, overview(page, locale));
}

function overview(page: ReportPage, locale: Locale): Content[] {
  const { missing } = page;
  if (missing) {
    return [
      ...overviewHead({ ...page, answered: page.answered.filter(({ withheld }) => !withheld) }, locale),
      ...missingViews(missing, locale),
      ...(missing.hasFigures ? triptych(page.triptych, locale) : []),
    ];
  }
  return [
    ...overviewHead(page, locale),
    ...triptych(page.triptych, locale),
    firstThree(page.first, rowsOf(page), locale),
    tally(page.readings, locale),
  ];
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
