import { describe, expect, it } from 'vitest';
import type { Rating } from '#lib/analysis/types.ts';
import { schoolFigures } from './figures.ts';
import { pageFacts } from './page-facts.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';
import type { SnapshotInput } from './snapshot.ts';

const outline = outlineOf(12);
const factsOf = (ratings: Rating[], over: Partial<SnapshotInput> = {}) => {
  const snapshot = takeSnapshot(roundOf(outline, ratings, over));
  return pageFacts(schoolFigures(snapshot, outline), snapshot, 'C1');
};

describe('the meaning of an aspect comes first', () => {
  it('because of this school, of the cohort, or both; an aspect without a cause is not named', () => {
    const ib = answers('ib', 2, 5, '5u', 3);
    const flags = new Map([
      ['a1', ['U', 'C_director'] as const],
      ['a2', ['N'] as const],
      ['a3', ['C_ib'] as const],
    ]);
    expect(factsOf(ib, { flags }).meaning).toEqual({ a1: ['cohort_unclear'], a2: ['flagged', 'cohort_differs'] });
  });
});

describe('lists of a report', () => {
  const director = answers('director', 1, 5, 3, 3, 5, 3, 1, 4, 5, 'C', 3, 3, 3);
  const ib = answers('ib', 2, 5, 5, 5, 3, 2, 2, 4, 4, 'C', '5u', 3, 1);

  it('put each aspect in one list at most, the largest first', () => {
    const { lists } = factsOf([...director, ...ib]);
    expect(lists).toEqual({
      check_meaning: { top: ['a10'], rest: [] },
      not_observed: { top: ['a9'], rest: [] },
      contested: { top: [], rest: [] },
      blind_spot: { top: ['a2', 'a3'], rest: [] },
      hidden_strength: { top: ['a4', 'a12'], rest: [] },
      shared_strength: { top: ['a1', 'a8'], rest: [] },
      shared_growth: { top: ['a6', 'a5', 'a11'], rest: [] },
    });
  });

  it('show ten and keep the rest', () => {
    const all = (role: 'director' | 'ib', rater: number) =>
      answers(role, rater, ...Array.from({ length: 12 }, () => 5));
    const { lists } = factsOf([...all('director', 1), ...all('ib', 2)]);
    expect(lists.shared_strength.top).toHaveLength(10);
    expect(lists.shared_strength.rest).toEqual(['a11', 'a12']);
  });

  it('sort director and teachers by how far they differ', () => {
    const teacher = answers('teacher', 3, 3, 5, 1);
    const { lists } = factsOf([...answers('director', 1, 5, 3, 5), ...teacher], { mode: 'open' });
    expect(lists.contested.top).toEqual(['a3', 'a1', 'a2']);
  });
});

describe('facts of a report', () => {
  it('sort keys are the larger of the two differences, null without a second view', () => {
    const ratings = [...answers('director', 1, 5, 3), ...answers('ib', 2, 4, 1), ...answers('teacher', 3, 3, 3, 2)];
    const { sortKeys } = factsOf(ratings, { mode: 'open' });
    expect([sortKeys.a1, sortKeys.a2, sortKeys.a3]).toEqual([2, 2, null]);
  });

  it('the level difference is over all aspects that both judged', () => {
    const fives = answers('ib', 2, 5, 5, 5, 5, 5, 5);
    const facts = factsOf([...fives, ...answers('director', 1, 4, 4, 4, 4, 4, 4)]);
    expect(facts.elevation).toMatchObject({ self: 1, selfDirection: 'higher', basis: ['ib_director'], others: null });
    expect(facts.competencies.C1?.needed).toBe(6);
  });

  it('a gap that visibly differs from its two scores gets its note', () => {
    const director = answers('director', 1, 4, 4, 4, 4, 4, 4, 1);
    const same = answers('ib', 2, 5, 5, 5, 5, 5, 5, 2);
    expect(factsOf([...director, ...same]).competencies.C1?.gapNotes).toEqual([]);
    const without = answers('ib', 2, 5, 5, 5, 5, 5, 5);
    expect(factsOf([...director, ...without]).competencies.C1?.gapNotes).toEqual(['ib_director']);
  });
});
