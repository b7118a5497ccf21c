import { VIEWS } from '#lib/analysis/types.ts';
import type { CohortFigure } from '#lib/charts/cohort-figure.ts';
import type { SchoolBeside, SchoolBesideRow } from '#lib/components/compare/compare-page.ts';
import { competenciesFigure } from '#lib/dashboard-page/to-competencies.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchoolValues } from '#lib/server/reports/school-values-service.ts';
import type { RoundFigures } from '#lib/server/reports/service.ts';
import { formatMean, type Locale } from '#lib/text/numbers.ts';
import { schoolReasonWord } from '#lib/text/cohort-words.ts';

type School = SchoolValues['schools'][number];

/** One school beside its cohort: the cohort's means with their intervals, and the school's score as a circle. */
export function schoolPart(
  school: School,
  figures: RoundFigures,
  instrument: Instrument,
  locale: Locale,
): SchoolBeside {
  const figure = competenciesFigure(instrument, figures, { schools: [school] }, locale);
  const { name } = school;
  return {
    title: m.compare_heading_school({ school: name }, { locale }),
    lead: m.compare_school_lead({}, { locale }),
    figure: { ...figure, name: 'school', caption: m.compare_school_caption({ school: name }, { locale }) },
    rows: rowsOf(school, figure, locale),
    name,
  };
}

function rowsOf({ competencies }: School, figure: CohortFigure, locale: Locale): SchoolBesideRow[] {
  return figure.rows.flatMap(({ code, title, lanes }) =>
    VIEWS.flatMap((view): SchoolBesideRow[] => {
      const own = competencies.find((one) => one.code === code)?.views[view];
      const lane = lanes.find((one) => one.view === view);
      if (!own || !lane) return [];
      const { score, reason = 'not_judged' } = own;
      const text = score === null ? schoolReasonWord(reason, locale) : formatMean(score, locale);
      return [{ competency: title, view, school: text, mean: lane.text, withheld: score === null ? reason : null }];
    }),
  );
}
