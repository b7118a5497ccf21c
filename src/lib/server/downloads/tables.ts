import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { escapeFormula } from '#lib/long-form/formula.ts';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';
import { changeWords } from '#lib/text/report-rounds.ts';
import { capital, classWord, columnWord, pairWord, readingWord, viewWord } from '#lib/text/report-words.ts';

/**
 * Rows of a spreadsheet, the first its header. Texts are safe to open; figures have one decimal, as on the page: from a
 * teachers' mean with all its digits one could tell how many of them judged the aspect (measurement.md §9.5, §10).
 */
export type Table = (string | number | null)[][];

/** An aspect a row: three views' scores or why they are withheld, class and reading, in the order of the list. */
export function aspectTable({ figures, instrument }: SchoolReport, { teachers }: ReportPage, locale: Locale): Table {
  const titles = new Map(instrument.competencies.map(({ code, title }) => [code, title[locale]]));
  const statements = new Map(
    instrument.competencies.flatMap(({ clusters }) =>
      clusters.flatMap(({ aspects }) => aspects.map(({ code, other }) => [code, other[locale]] as const)),
    ),
  );
  const at = { locale };
  return safe([
    [
      ...[m.files_col_code({}, at), m.files_col_competency({}, at), m.files_col_statement({}, at)],
      ...VIEWS.map((view) => columnWord(view, teachers, locale)),
      ...[m.files_col_class({}, at), m.files_col_reading({}, at)],
    ],
    ...figures.aspects.map(({ code, competency, views, class: word, reading }) => [
      ...[code, titles.get(competency) ?? competency, statements.get(code) ?? code],
      ...VIEWS.map((view) => figure(views[view].score, views[view].reason, locale)),
      ...[classWord(word, teachers, locale), readingWord(reading, locale)],
    ]),
  ]);
}

/**
 * A competency a row: scores, how many aspects they are over, class and gaps; below them what a pulse did not ask, and the
 * gaps over the whole list.
 */
export function competencyTable({ figures, pulse }: SchoolReport, page: ReportPage, locale: Locale): Table {
  const { teachers } = page;
  const titles = new Map(page.triptych.rows.map(({ code, title }) => [code, title]));
  const at = { locale };
  const gapCells = (gaps: SchoolReport['figures']['overall']['gaps']) =>
    PAIRS.flatMap((pair) => counted(gaps[pair].gap, gaps[pair].common, gaps[pair].reason, locale));
  return safe([
    [
      ...[m.files_col_code({}, at), m.files_col_competency({}, at), m.files_col_aspects({}, at)],
      ...VIEWS.flatMap((view) => {
        const name = columnWord(view, teachers, locale);
        return [name, m.files_col_judged({ view: name }, at)];
      }),
      m.files_col_class({}, at),
      ...PAIRS.flatMap((pair) => {
        const name = pairWord(pair, teachers, locale);
        return [name, m.files_col_common({ pair: name }, at)];
      }),
    ],
    ...figures.competencies.map(({ code, aspects, views, class: word, gaps }) => [
      ...[code, titles.get(code) ?? code, aspects],
      ...VIEWS.flatMap((view) => counted(views[view].score, views[view].judged, views[view].reason, locale)),
      classWord(word, teachers, locale),
      ...gapCells(gaps),
    ]),
    ...(pulse?.notAsked ?? []).map(({ code, title }) => [code, title[locale], reasonWord('not_asked', locale)]),
    [
      ...[null, m.report_level_row({}, at), figures.aspects.length],
      ...VIEWS.flatMap(() => [null, null]),
      ...[null, ...gapCells(figures.overall.gaps)],
    ],
  ]);
}

/** A change a row: competency, view, the round that is compared with, then and now. Null without earlier rounds. */
export function roundsTable({ earlier }: SchoolReport, page: ReportPage, locale: Locale): Table | null {
  if (earlier.length === 0) return null;
  const titles = new Map(page.triptych.rows.map(({ code, title }) => [code, title]));
  const at = { locale };
  return safe([
    [
      ...[m.files_col_competency({}, at), m.report_rounds_view({}, at), m.report_rounds_with({}, at)],
      ...[m.report_rounds_then({}, at), m.report_rounds_now({}, at)],
      ...[m.files_col_change({}, at), m.report_rounds_change({}, at)],
    ],
    ...earlier.flatMap(({ name, change }) =>
      change.map((one) => [
        ...[titles.get(one.competency) ?? one.competency, capital(viewWord(one.view, page.teachers, locale))],
        ...[name.round, ...[one.from, one.to, one.change].map(rounded), changeWords(one, locale)],
      ]),
    ),
  ]);
}

/** A shown figure, or the words that stand in the place of a withheld one on the page. */
function figure(value: number | null, reason: Reason | undefined, locale: Locale): string | number {
  return rounded(value) ?? reasonWord(reason ?? 'not_judged', locale);
}

function rounded(value: number | null): number | null {
  return value === null ? null : roundForDisplay(value);
}

/** A figure with the count that it is over; what is withheld has no count. */
function counted(value: number | null, count: number, reason: Reason | undefined, locale: Locale): Table[number] {
  return [figure(value, reason, locale), value === null ? null : count];
}

function safe(table: Table): Table {
  return table.map((row) => row.map((cell) => (typeof cell === 'string' ? escapeFormula(cell) : cell)));
}
