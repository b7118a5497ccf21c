import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { SharedReport } from '#lib/server/reports/shared-service.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import { fileClass, listName, type Place } from './columns.ts';

/**
 * A school's shown values as rows of the table `schools`: each view of each competency, then of each aspect. One decimal, as
 * on its page (docs/decisions.md, Files of a report); what is withheld has its reason and no value.
 * @param places where each aspect of the list belongs, by its code
 */
export function schoolRows(
  { cohort, round }: { cohort: string; round: string },
  { school, figures }: SharedReport,
  places: ReadonlyMap<string, Place>,
): Row[] {
  const lead = [cohort, round, listName(figures.instrument), school];
  const score = (value: number | null) => (value === null ? null : roundForDisplay(value));
  return [
    ...figures.competencies.flatMap(({ code, views, class: word }) =>
      VIEWS.map((view): Row => {
        const { score: value, reason = '' } = views[view];
        return [...lead, 'competency', code, '', '', view, score(value), fileClass(word), '', reason];
      }),
    ),
    ...figures.aspects.flatMap(({ code, competency, views, class: word, reading }) =>
      VIEWS.map((view): Row => {
        const { score: value, reason = '' } = views[view];
        const cluster = places.get(code)?.cluster ?? '';
        return [...lead, 'aspect', competency, cluster, code, view, score(value), fileClass(word), reading, reason];
      }),
    ),
  ];
}

/** How many rows a school has of a list with so many competencies and aspects. */
export function rowsOfSchool({ competencies, aspects }: { competencies: number; aspects: number }): number {
  return VIEWS.length * (competencies + aspects);
}
