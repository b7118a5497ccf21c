import type { Localized } from '#lib/instrument/types.ts';
import type { AskedList } from '#lib/server/instruments/asked-service.ts';
import type { SchoolFigures } from './figures.ts';

/** The figures of a pulse round, which asks some aspects of a list, beside those of rounds that ask the whole of it. */

/** Figures without the competencies of which nothing was asked; the same for a round that asked the whole list. */
export function withoutUnasked(figures: SchoolFigures): SchoolFigures {
  return { ...figures, competencies: figures.competencies.filter(({ aspects }) => aspects > 0) };
}

/**
 * Two rounds over the aspects that both asked, in competencies that have any. Of a list that was changed the aspects of
 * either version count, so that changing it lowers nothing that a comparison needs; what a pulse leaves out was chosen to
 * be left out, and a change over what it asked needs half of that.
 */
export function overCommon(earlier: SchoolFigures, later: SchoolFigures): [SchoolFigures, SchoolFigures] {
  const codes = new Set(earlier.aspects.map(({ code }) => code));
  const common = later.aspects.filter(({ code }) => codes.has(code));
  const [aspects, competencies] = [
    new Set(common.map(({ code }) => code)),
    new Set(common.map(({ competency }) => competency)),
  ];
  const narrowed = (figures: SchoolFigures): SchoolFigures => ({
    ...figures,
    competencies: figures.competencies.filter(({ code }) => competencies.has(code)),
    aspects: figures.aspects.filter(({ code }) => aspects.has(code)),
  });
  return [narrowed(earlier), narrowed(later)];
}

/** The names of the competencies that a round did not ask, in the order of the list. */
export function notAsked({ whole, competencyIds }: AskedList): Localized[] {
  return whole.competencies.filter(({ code }) => !competencyIds.has(code)).map(({ title }) => title);
}
