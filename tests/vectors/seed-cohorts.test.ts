import { describe, expect, it } from 'vitest';
import { cohortFigures, roundClarity } from '#lib/server/reports/cohort-figures.ts';
import { roundSums } from '#lib/server/reports/round-sums.ts';
import { MODES, all, place, rowKey } from '../support/seed-rounds.ts';
import type { SchoolRound } from '../support/seed-rounds.ts';
import type { Figures } from '../support/vector-words.ts';
import {
  field,
  keyed,
  num,
  ourWords,
  rowDifferences,
  seedA,
  vectorCsv,
  vectorJson,
  viewOf,
} from '../support/vectors.ts';

const seed = seedA();

/** The figures of school rounds as a cohort's, along the way of the product: sums → what may be shown. */
function figuresOf(units: readonly SchoolRound[]) {
  const sums = roundSums(units.map((unit) => ({ ...unit, schoolRoundId: place(unit) })));
  const stored = { sums, clarity: roundClarity(units, seed.outline), gone: new Map(), outline: seed.outline };
  return cohortFigures(stored, { seesSchools: false, operator: false });
}

describe('figures over all schools of the simulation', () => {
  const expected = vectorJson<{
    class_counts: Figures[];
    reading_counts: Figures[];
    competency_class_counts: Figures[];
    competency_view_means: Figures[];
  }>('seedA/expected.json');

  /** Counts by mode, round and word; the vectors list a zero in some tables and leave it out in others. */
  function counted(word: string, words: (figures: SchoolRound['figures']) => string[], rows: Figures[]) {
    const found = new Map<string, number>();
    for (const at of all) {
      for (const one of words(at.figures)) {
        const key = `${at.mode} ${at.round} ${one}`;
        found.set(key, (found.get(key) ?? 0) + 1);
      }
    }
    const wanted = rows.map((row) => [`${row.mode} ${row.round} ${row[word]}`, row.Freq] as const);
    expect(new Set(wanted.map(([key]) => key)).size).toBe(rows.length);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted.filter(([, count]) => count !== 0)));
  }

  it('how often each class of an aspect occurs', () => {
    expect(expected.class_counts).toHaveLength(56);
    counted('class', ({ aspects }) => aspects.map((one) => one.class), expected.class_counts);
  });

  it('how often each reading occurs', () => {
    expect(expected.reading_counts).toHaveLength(39);
    counted('reading', ({ aspects }) => aspects.map((one) => one.reading), expected.reading_counts);
  });

  it('how often each class of a competency occurs', () => {
    expect(expected.competency_class_counts).toHaveLength(38);
    counted('class', ({ competencies }) => competencies.map((one) => one.class), expected.competency_class_counts);
  });

  it('means of the views', () => {
    expect(expected.competency_view_means).toHaveLength(96);
    const found = MODES.flatMap((mode) =>
      seed.rounds.flatMap((round) => {
        const units = all.filter((at) => at.mode === mode && at.round === round);
        const { views } = figuresOf(units);
        return views.map((view) => ({ key: `${mode} ${round} ${view.view} ${view.competency}`, ...view }));
      }),
    );
    const actual = keyed(
      found,
      ({ key }) => key,
      ({ n, mean }) => ({ n, mean }),
    );
    const wanted = keyed(
      expected.competency_view_means,
      ({ mode, round, view, competency }) => `${mode} ${round} ${viewOf(String(view))} ${competency}`,
      ({ n = null, mean = null }) => ({ n, mean }),
    );
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('clarity of the cohorts is in the cohort’s figures, unchanged', () => {
    const rows = vectorCsv('seedA/expected_clarity.csv').filter((row) => field(row, 'cohort') === 'C2');
    const found = seed.rounds.flatMap((round) => {
      const units = all.filter((at) => at.mode === 'protected' && at.round === round && at.cohort === 'C2');
      const { clarity } = figuresOf(units);
      return clarity.map((row) => ({ round, ...row }));
    });
    const actual = keyed(
      found,
      ({ round, aspect }) => `C2 ${round} ${aspect}`,
      ({ U, C, N, K, flags }) => ({ U, C, N, K, flags: flags.join(';') }),
    );
    const wanted = keyed(rows, rowKey('cohort', 'round', 'aspect'), (row) => ({
      U: num(row, 'U'),
      C: num(row, 'C'),
      N: num(row, 'N'),
      K: num(row, 'K'),
      flags: ourWords(field(row, 'flags')),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });
});
