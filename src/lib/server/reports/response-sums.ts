import { perView } from '#lib/analysis/per-view.ts';
import type { View } from '#lib/analysis/types.ts';
import type { SchoolFigures } from './figures.ts';

/** Forms that were asked for and that were submitted, of a view, over the schools of a round. */
export type ResponseSums = Record<View, { invited: number; answered: number }>;

/** Sums who was asked and who submitted. */
export function responseSums(units: readonly { figures: Pick<SchoolFigures, 'raters'> }[]): ResponseSums {
  const count = (view: View, of: 'invited' | 'answered') =>
    units.reduce((sum, { figures }) => sum + figures.raters[view][of], 0);
  return perView((view) => ({ invited: count(view, 'invited'), answered: count(view, 'answered') }));
}
