import { describe, expect, it } from 'vitest';
import { cohortHeadline } from './cohort-headline.ts';

/** The three views of a competency. */
function means(competency: string, director: number | null, ib: number | null, teacher: number | null) {
  return [
    { competency, view: 'director' as const, mean: director },
    { competency, view: 'ib' as const, mean: ib },
    { competency, view: 'teacher' as const, mean: teacher },
  ];
}

describe('the headline of a cohort', () => {
  it('names the means that lie furthest apart, whoever is higher', () => {
    const found = cohortHeadline([
      ...means('C1', 3, 3.6, null),
      ...means('C4', null, 3, 3.8),
      ...means('C2', 5, null, null),
    ]);
    expect(found).toEqual({ kind: 'apart', competency: 'C4', pair: 'ib_teacher' });
  });

  it('goes by the means as they are shown', () => {
    expect(cohortHeadline(means('C1', 3.14, 3.55, null))).toMatchObject({ kind: 'apart' }); // 3,1 and 3,6
    expect(cohortHeadline(means('C1', 3.05, 3.54, null))).toEqual({ kind: 'alike' }); // 3,1 and 3,5
    expect(cohortHeadline(means('C1', 3.06, 3.64, null))).toMatchObject({ kind: 'apart' }); // 3,1 and 3,6
  });

  it('claims nothing where nothing can be compared', () => {
    expect(cohortHeadline(means('C1', 3, null, null))).toEqual({ kind: 'nothing' });
    expect(cohortHeadline([])).toEqual({ kind: 'nothing' });
  });
});
