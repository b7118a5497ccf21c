import { describe, expect, it } from 'vitest';
import { othersMean } from '#lib/analysis/view-differences.ts';
import { schoolFigures } from '#lib/server/reports/figures.ts';
import { answers, outlineOf, roundOf } from '#lib/server/reports/school-round-fixture.ts';
import { takeSnapshot } from '#lib/server/reports/snapshot.ts';
import { vectorJson } from '../support/vectors.ts';
import { cohortFigureShown, nestedGroupsShown } from '#lib/disclosure/cohort-figure.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { enoughTeachers, mayRecompute, spreadShown } from '#lib/disclosure/teacher-count.ts';
import { viewState } from '#lib/disclosure/view-state.ts';

const { anonymity } = vectorJson<{
  anonymity: {
    teacher_view: { mode: Mode; n: number; show: boolean }[];
    teacher_spread: { n: number; show: boolean }[];
    rerelease: { n_released: number; n_now: number; may_recompute: boolean }[];
    cohort: {
      n_schools: number;
      schools_with_hidden_teacher_view: number;
      viewer_sees_school_values: boolean;
      show: boolean;
    }[];
    nested_groups: { n_group: number; n_subgroup: number; may_show_both: boolean }[];
    others_mean: { director: number; teachers: number; n_teachers: number; mode: Mode; others: number }[];
    single_hidden_cell: { expected: number };
  };
}>('small_cases.json');

describe('the anonymity cases of the measurement design', () => {
  it('are all tested: a block that is added must be read here', () => {
    expect(Object.keys(anonymity).sort()).toEqual([
      'cohort',
      'nested_groups',
      'others_mean',
      'rerelease',
      'single_hidden_cell',
      'teacher_spread',
      'teacher_view',
    ]);
  });

  it.each(anonymity.teacher_view)('teacher view of $n in $mode mode', ({ mode, n, show }) => {
    const raters = Array.from({ length: n }, () => ({ consent: true }));
    expect(viewState('teacher', raters, mode) === 'shown').toBe(show);
    expect(enoughTeachers(n, mode)).toBe(show);
  });

  it.each(anonymity.teacher_spread)('spread among $n teachers', ({ n, show }) => {
    expect(spreadShown(n)).toBe(show);
  });

  it.each(anonymity.rerelease)('from $n_released to $n_now teachers', ({ n_released, n_now, may_recompute }) => {
    expect(mayRecompute(n_released, n_now)).toBe(may_recompute);
  });

  it.each(anonymity.cohort)('cohort figure: %o', (one) => {
    const figure = {
      schools: one.n_schools,
      hiddenInside: one.schools_with_hidden_teacher_view,
      viewerSeesSchoolValues: one.viewer_sees_school_values,
    };
    expect(cohortFigureShown(figure)).toBe(one.show);
  });

  it.each(anonymity.nested_groups)('$n_subgroup of $n_group schools', ({ n_group, n_subgroup, may_show_both }) => {
    expect(nestedGroupsShown(n_group, n_subgroup)).toBe(may_show_both);
  });

  it.each(anonymity.others_mean)('others: %o', ({ director, teachers, n_teachers, mode, others }) => {
    const raters = Array.from({ length: n_teachers }, () => ({ consent: null }));
    const shown = viewState('teacher', raters, mode) === 'shown' ? teachers : null;
    expect(othersMean(director, shown)).toBe(others);
  });
});

it('a hidden cell is in no total: the score is that of the shown cells', () => {
  const shown = Array.from({ length: 17 }, () => 4);
  const ratings = [
    ...answers('teacher', 1, ...shown, 1),
    ...answers('teacher', 2, ...shown, 1),
    ...answers('teacher', 3, ...shown, 'C'),
  ];
  const outline = outlineOf(18);
  const [competency] = schoolFigures(takeSnapshot(roundOf(outline, ratings)), outline).competencies;
  expect(competency?.views.teacher).toEqual({ score: anonymity.single_hidden_cell.expected, judged: 17, status: 'ok' });
});
