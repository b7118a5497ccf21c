import { describe, expect, it } from 'vitest';
import type { Pair } from '#lib/analysis/types.ts';
import { cohortHeadline } from './cohort-headline.ts';

const gap = (competency: string, pair: Pair, mean: number | null) => ({ competency, pair, mean });

describe('the headline of a cohort', () => {
  it('names the largest clear gap, whoever is higher', () => {
    expect(
      cohortHeadline([gap('C1', 'ib_director', 0.6), gap('C4', 'ib_teacher', -0.8), gap('C2', 'ib_teacher', null)]),
    ).toEqual({ kind: 'apart', competency: 'C4', pair: 'ib_teacher' });
  });

  it('says alike below half a point, which three times a sixth reaches', () => {
    expect(cohortHeadline([gap('C1', 'ib_director', 0.49)])).toEqual({ kind: 'alike' });
    expect(cohortHeadline([gap('C1', 'ib_director', 1 / 6 + 1 / 6 + 1 / 6)])).toMatchObject({ kind: 'apart' });
  });

  it('claims nothing where nothing can be compared', () => {
    expect(cohortHeadline([gap('C1', 'ib_director', null)])).toEqual({ kind: 'nothing' });
    expect(cohortHeadline([])).toEqual({ kind: 'nothing' });
  });
});
