import { PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { cohortLane } from '#lib/charts/cohort-figure.ts';
import type { CohortFigure, ShownMean } from '#lib/charts/cohort-figure.ts';
import type { Scale } from '#lib/charts/figure.ts';
import type { SchoolRow } from '#lib/components/dashboard/dashboard-page.ts';
import { cohortHeadline } from '#lib/conversation/cohort-headline.ts';
import type { Competency, Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolValues } from '#lib/server/reports/school-values-service.ts';
import type { RoundFigures } from '#lib/server/reports/service.ts';
import { groupWord, schoolReasonWord } from '#lib/text/cohort-words.ts';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { quoted } from '#lib/text/report-words.ts';
import { mostlyUnseen } from './facts.ts';

/** The scale of a list in the reader's words. */
export function scaleOf({ scale }: Instrument, locale: Locale): Scale {
  const labels = scale.labels.toSorted((a, b) => a.value - b.value).map((label) => label[locale]);
  return { min: scale.min, max: scale.max, labels };
}

/** Competencies × views with their intervals, and a dot a school where this viewer sees schools. */
export function competenciesFigure(
  instrument: Instrument,
  figures: RoundFigures,
  schools: SchoolValues | null,
  locale: Locale,
): CohortFigure {
  return {
    name: 'competencies',
    caption: captionOf(instrument, figures, locale),
    scale: scaleOf(instrument, locale),
    rows: instrument.competencies
      .filter(({ code }) => figures.views.some(({ competency }) => competency === code))
      .map((competency) => ({
        code: competency.code,
        title: competency.title[locale],
        lanes: VIEWS.map((view) => {
          return cohortLane(view, shownMean(figures, competency, view), dotsOf(schools, competency.code, view), locale);
        }),
      })),
  };
}

/** Where a role normally sees too little of a competency, that is why it has no mean. */
function shownMean(figures: RoundFigures, competency: Competency, view: View): ShownMean {
  const none: ShownMean = { n: 0, mean: null, low: null, high: null };
  const shown: ShownMean = viewOf(figures, competency.code, view) ?? none;
  if (shown.mean !== null || shown.reason === 'not_asked' || !mostlyUnseen(competency, view)) return shown;
  return { ...shown, reason: 'not_visible_for_role' };
}

/** Single schools by name, each with three views a competency. */
export function schoolRows(schools: SchoolValues, locale: Locale): SchoolRow[] {
  return schools.schools.map(({ schoolRoundId, name, competencies }) => ({
    schoolRoundId,
    name,
    cells: competencies.map(({ code, views }) => ({
      competency: code,
      views: VIEWS.map((view) => {
        const { score, reason = 'not_judged' } = views[view];
        const text = score === null ? schoolReasonWord(reason, locale) : formatMean(score, locale);
        return { view, text, isShown: score !== null };
      }),
    })),
  }));
}

function captionOf(instrument: Instrument, figures: RoundFigures, locale: Locale): string {
  const headline = cohortHeadline(figures.views);
  if (headline.kind === 'nothing') return m.dashboard_competencies_caption_none({}, { locale });
  if (headline.kind === 'alike') return m.dashboard_competencies_caption_alike({}, { locale });
  const [high, low] = PAIR_VIEWS[headline.pair]
    .map((view) => ({ view, mean: viewOf(figures, headline.competency, view)?.mean ?? null }))
    .toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0));
  if (!high || !low || high.mean === null || low.mean === null) return '';
  return m.dashboard_competencies_caption_apart(
    {
      competency: quoted(competencyTitle(instrument, headline.competency, locale)),
      high: groupWord(high.view, locale),
      highScore: formatMean(high.mean, locale),
      low: groupWord(low.view, locale),
      lowScore: formatMean(low.mean, locale),
    },
    { locale },
  );
}

/** The title of a competency in the reader's language. */
export function competencyTitle(instrument: Instrument, code: string, locale: Locale): string {
  return instrument.competencies.find((one) => one.code === code)?.title[locale] ?? code;
}

function viewOf({ views }: RoundFigures, competency: string, view: View) {
  return views.find((one) => one.competency === competency && one.view === view);
}

function dotsOf(schools: SchoolValues | null, competency: string, view: View): number[] {
  return (schools?.schools ?? []).flatMap(({ competencies }) => {
    const score = competencies.find(({ code }) => code === competency)?.views[view].score ?? null;
    return score === null ? [] : [score];
  });
}
