import { aspectsOf } from '#lib/instrument/aspects.ts';
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

/** Of a pulse, the competencies that it did not ask, in the order of the list, and how many aspects the whole list has. */
export type OfWhole = { notAsked: { code: string; title: Localized }[]; total: number };

/** What a round left out of its list; null when it asked the whole of it. */
export function ofWhole({ isPulse, whole, competencyIds }: AskedList): OfWhole | null {
  if (!isPulse) return null;
  return {
    notAsked: whole.competencies.flatMap(({ code, title }) => (competencyIds.has(code) ? [] : { code, title })),
    total: whole.competencies.flatMap(aspectsOf).length,
  };
}
