import { gapChartFile, roundsChartFile, triptychChartFile } from '#lib/charts/chart-file.ts';
import { balanceChartFile } from '#lib/charts/balance-file.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { DomainError } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/permissions.ts';
import { toHandout } from '#lib/report-page/to-page.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as reports from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { capital, viewWord } from '#lib/text/report-words.ts';
import { fileKind, fileName } from './names.ts';
import type { ChartKind, FileKind } from './names.ts';
import { wordsOf } from './pdf-balance.ts';
import { reportDocument, summaryDocument } from './pdf-documents.ts';
import { csvOf, workbookOf } from './spreadsheets.ts';
import { aspectTable, competencyTable, roundsTable } from './tables.ts';
import { writePdf, writePng } from './write-pdf.ts';

export { plain as plainName } from './names.ts';
export { csvOf, workbookOf } from './spreadsheets.ts';
export { writePng } from './write-pdf.ts';

/** A file to hand over: its bytes, what they are, and the name to keep them under. */
export type Download = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

export const TYPES = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
} as const;

/**
 * A report as a file, from the same figures and by the same rules as its page: `file` is report.pdf, summary.pdf,
 * aspects.csv, competencies.csv, figures.xlsx, or triptych, rounds, balance or gaps-<competency> with .svg or .png. Written to
 * the audit log before it is handed over: a file goes on without the guard of a page.
 * `signal` ends when the reader no longer waits.
 * @throws DomainError not_found when there is no such file or report, or the person may not see it; confirmation_needed;
 * documents_busy
 */
export async function reportFile(
  db: Db,
  readDb: Db,
  actor: Actor,
  schoolRoundId: string,
  file: string,
  locale: Locale,
  signal?: AbortSignal,
): Promise<Download> {
  const wanted = fileKind(file);
  if (wanted === null) throw new DomainError('not_found');
  const report = await reports.get(readDb, actor, schoolRoundId);
  const made = await make(wanted, report, toHandout(report, locale), locale, signal);
  await audit.record(db, actor, 'report.downloaded', { type: 'school_round', id: schoolRoundId }, { file });
  return { name: fileName(report, wanted, locale), ...made };
}

async function make(
  wanted: FileKind,
  report: reports.SchoolReport,
  page: ReportPage,
  locale: Locale,
  signal: AbortSignal | undefined,
): Promise<Omit<Download, 'name'>> {
  switch (wanted.kind) {
    case 'report':
      return { type: TYPES.pdf, bytes: await writePdf(reportDocument(page, locale), signal) };
    case 'summary':
      return { type: TYPES.pdf, bytes: await writePdf(summaryDocument(page, locale), signal) };
    case 'aspects':
      return { type: TYPES.csv, bytes: csvOf(aspectTable(report, page, locale), locale) };
    case 'competencies':
      return { type: TYPES.csv, bytes: csvOf(competencyTable(report, page, locale), locale) };
    case 'workbook':
      return { type: TYPES.xlsx, bytes: await workbook(report, page, locale) };
    default: {
      const svg = chart(wanted, page, locale);
      if (wanted.as === 'png') return { type: TYPES.png, bytes: await writePng(svg, signal) };
      return { type: TYPES.svg, bytes: new TextEncoder().encode(svg) };
    }
  }
}

function workbook(report: reports.SchoolReport, page: ReportPage, locale: Locale): Promise<Uint8Array<ArrayBuffer>> {
  const rounds = roundsTable(report, page, locale);
  return workbookOf([
    { name: m.files_sheet_aspects({}, { locale }), table: aspectTable(report, page, locale) },
    { name: m.files_sheet_competencies({}, { locale }), table: competencyTable(report, page, locale) },
    ...(rounds ? [{ name: m.files_sheet_rounds({}, { locale }), table: rounds }] : []),
  ]);
}

function chart(wanted: ChartKind, { triptych, rounds, balance, gaps, teachers }: ReportPage, locale: Locale): string {
  const word = (view: 'director' | 'ib' | 'teacher') => capital(viewWord(view, teachers, locale));
  const names = { director: word('director'), ib: word('ib'), teacher: word('teacher') };
  if (wanted.kind === 'triptych') {
    const [low = '', high = ''] = [triptych.scale.labels.at(0), triptych.scale.labels.at(-1)];
    const note = m.report_scale_note({ low, high }, { locale });
    return triptychChartFile(triptych, m.report_triptych_title({}, { locale }), note, PAPER);
  }
  if (wanted.kind === 'rounds' && rounds) {
    const title = m.report_rounds_title({ round: rounds.figure.rounds[0] ?? '' }, { locale });
    return roundsChartFile(rounds.figure, title, names, PAPER);
  }
  if (wanted.kind === 'balance' && balance) {
    const title = m.report_balance_title({}, { locale });
    const axis = {
      low: m.report_balance_axis_advising({}, { locale }),
      middle: m.report_balance_word_even({}, { locale }),
      high: m.report_balance_axis_coaching({}, { locale }),
    };
    return balanceChartFile(balance, title, { axis, wordsOf: (row) => wordsOf(row, locale) }, PAPER);
  }
  const figure = wanted.kind === 'gaps' ? gaps.find(({ code }) => code === wanted.code) : undefined;
  if (!figure) throw new DomainError('not_found');
  return gapChartFile(figure, names, PAPER);
}
