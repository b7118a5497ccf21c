import type { View } from '#lib/analysis/types.ts';
import type { Scale } from '#lib/charts/figure.ts';
import { roundsFigure } from '#lib/charts/rounds-figure.ts';
import type { ReportPage, RoundsRow } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolReport } from '#lib/server/reports/service.ts';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { changeWords, wordingSentences } from '#lib/text/report-rounds.ts';
import { viewWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';

/** The earlier rounds beside this one, in the views that its list asks; null when there is none. */
export function roundsOf(
  report: SchoolReport,
  asked: readonly View[],
  scale: Scale,
  titles: ReadonlyMap<string, string>,
  people: People,
  locale: Locale,
): ReportPage['rounds'] {
  const earlier = report.earlier.map(({ name, sameDirector, change }) => ({
    round: name.round,
    sameDirector: sameDirector || !asked.includes('director'),
    change: change.filter(({ view }) => asked.includes(view)),
  }));
  const competencies = report.figures.competencies.map(({ code }) => ({ code, title: titles.get(code) ?? code }));
  const figure = roundsFigure({ scale, round: report.round, earlier, competencies, people }, locale);
  if (figure === null) return null;
  // A pulse compares less than its panels would make one think.
  const isShort = report.pulse !== null || report.earlier.some(({ isPulse }) => isPulse);
  const wording = report.earlier.map((one) => ({ round: one.name.round, ...one.wording }));
  const caption = [
    figure.caption,
    ...(isShort ? [m.pulse_report_common({}, { locale })] : []),
    ...wordingSentences(wording, locale),
  ].join(' ');
  const score = (value: number | null) => (value === null ? null : formatMean(value, locale));
  const rows = earlier.flatMap(({ round, change }) =>
    change.map((one): RoundsRow => ({
      title: titles.get(one.competency) ?? one.competency,
      view: one.view,
      viewWord: viewWord(one.view, people.teachers, locale),
      since: round,
      from: score(one.from),
      to: score(one.to),
      words: changeWords(one, locale),
      isClear: one.band !== null && one.band !== 'no_clear_change',
      withheld: one.status === 'insufficient' ? (one.reason ?? 'too_few_judged') : null,
    })),
  );
  return { figure: { ...figure, caption }, rows };
}
