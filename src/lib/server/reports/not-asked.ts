import { PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import { perView } from '#lib/analysis/per-view.ts';
import type { CourseReason } from '#lib/disclosure/cohort-reason.ts';
import type { ClarityRow } from './cohort-figures.ts';
import type { ResponseFigure } from './course-figures.ts';
import type { AspectOverSchools, ShownSums } from './round-figures.ts';

/**
 * Figures over schools of a view that no list asked: there are none, and not because there are too few schools. What was
 * imported of such a role all the same counts (`n` above 0), and keeps its own reason.
 */

type Figure = { n: number; reason?: CourseReason };

/** Figures by view, with that reason where the round's list does not ask the view. */
export function viewsNotAsked<F extends Figure & { view: View }>(figures: readonly F[], roles: ReadonlySet<View>): F[] {
  return figures.map((figure) => because(figure, [figure.view], roles));
}

/** Figures by pair of views, likewise. */
export function pairsNotAsked<F extends Figure & { pair: Pair }>(figures: readonly F[], roles: ReadonlySet<View>): F[] {
  return figures.map((figure) => because(figure, PAIR_VIEWS[figure.pair], roles));
}

/** Who took part in a round, likewise: nobody of that view was asked, so that nobody stayed away. */
export function responseNotAsked(figure: ResponseFigure, roles: ReadonlySet<View>): ResponseFigure {
  const { byView } = figure;
  if (byView === null) return figure;
  return {
    ...figure,
    byView: perView((view) => {
      const own = byView[view];
      if (own.invited !== 0 || own.answered !== 0 || roles.has(view)) return own;
      return { invited: null, answered: null, reason: 'not_asked' as const };
    }),
  };
}

/** The same for all that a round shows of its schools. */
export function sumsNotAsked(shown: ShownSums, roles: ReadonlySet<View>): ShownSums {
  return {
    ...shown,
    views: viewsNotAsked(shown.views, roles),
    gaps: shown.gaps.map((gap) => because(gap, PAIR_VIEWS[gap.pair], roles)),
    aspects: shown.aspects.map((aspect) => aspectNotAsked(aspect, roles)),
  };
}

function aspectNotAsked(aspect: AspectOverSchools, roles: ReadonlySet<View>): AspectOverSchools {
  const { views, gaps } = aspect;
  const of = (view: View) => because(views[view], [view], roles);
  const gap = (pair: Pair) => because(gaps[pair], PAIR_VIEWS[pair], roles);
  return {
    ...aspect,
    views: { director: of('director'), ib: of('ib'), teacher: of('teacher') },
    gaps: {
      ib_director: gap('ib_director'),
      ib_teacher: gap('ib_teacher'),
      director_teacher: gap('director_teacher'),
    },
  };
}

/** The share of a view that could not judge an aspect, likewise. */
export function clarityNotAsked(rows: readonly ClarityRow[], roles: ReadonlySet<View>): ClarityRow[] {
  return rows.map((row) => ({
    ...row,
    reasons: {
      ...row.reasons,
      ...(row.C_director === null && !roles.has('director') ? { C_director: 'not_asked' } : {}),
      ...(row.C_ib === null && !roles.has('ib') ? { C_ib: 'not_asked' } : {}),
      ...(row.C_teacher === null && !roles.has('teacher') ? { C_teacher: 'not_asked' } : {}),
    },
  }));
}

function because<F extends Figure>(figure: F, views: readonly View[], roles: ReadonlySet<View>): F {
  const isAsked = figure.n > 0 || views.every((view) => roles.has(view));
  return isAsked ? figure : { ...figure, reason: 'not_asked' };
}
