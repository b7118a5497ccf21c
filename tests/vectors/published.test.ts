import cdf from '@stdlib/stats-base-dists-t-cdf';
import quantileOfT from '@stdlib/stats-base-dists-t-quantile';
import { deviation, quantile } from 'd3-array';
import { describe, expect, it } from 'vitest';
import { close, vectorJson } from '../support/vectors.ts';
import { expectFigures, pairedWords, welchWords } from '../support/vector-words.ts';
import type { Figures } from '../support/vector-words.ts';
import { alpha, reliableChange, rwgj } from '../support/vectors-only.ts';
import { itemRwg } from '#lib/analysis/agreement.ts';
import { benjaminiHochberg } from '#lib/analysis/benjamini-hochberg.ts';
import { icc1, icc2, iccOneway } from '#lib/analysis/icc.ts';
import { pairedChange } from '#lib/analysis/paired-change.ts';
import { welch } from '#lib/analysis/welch.ts';

const published = vectorJson<{
  shrout_fleiss_1979: { data: number[][]; published_rounded: Figures; expected: Figures };
  bliese_bhr2000_icc: {
    input: { ms_between: number; ms_within: number; groups: number; n: number };
    expected: Figures;
  };
  bliese_bhr2000_rwg: { groups: { counts_1_to_5: number[]; n: number; rwg: number }[] };
  bliese_bhr2000_rwgj: { groups: { item_variances: number[]; rwgj: number; ad_mean: number }[] };
  student_sleep: { x1: number[]; x2: number[]; expected: { paired: Figures; welch: Figures } };
  lakens_2013: { x1: number[]; x2: number[]; expected: Figures };
  jacobson_truax_1991: {
    input: { pre: number; post: number; sd: number; rxx: number };
    published_rounded: Figures;
    expected: Figures;
  };
  benjamini_hochberg_1995: {
    p: number[];
    expected: { q: number[]; n_rejected_05: number; n_bonferroni_05: number };
  };
  attitude_alpha: { data: number[][]; expected: { alpha: number } };
  t_distribution: {
    qt: { p: number; df: number; value: number }[];
    p_two_sided: { t: number; df: number; value: number }[];
  };
  quantile_type7: { x: number[]; p: number[]; expected: number[]; sd: number };
  stats_library_note: string;
}>('published.json');

describe('published worked examples', () => {
  it('are all tested: an example that is added must be read here', () => {
    expect(Object.keys(published).sort()).toEqual([
      'attitude_alpha',
      'benjamini_hochberg_1995',
      'bliese_bhr2000_icc',
      'bliese_bhr2000_rwg',
      'bliese_bhr2000_rwgj',
      'jacobson_truax_1991',
      'lakens_2013',
      'quantile_type7',
      'shrout_fleiss_1979',
      'stats_library_note',
      'student_sleep',
      't_distribution',
    ]);
  });

  it('Shrout & Fleiss 1979: six targets, four judges', () => {
    const { data, expected, published_rounded } = published.shrout_fleiss_1979;
    const squares = anovaOfTable(data);
    const { icc1: single, icc2: average } = iccOneway(data);
    const figures = { ...squares, ICC1_1: single, ICC1_k: average };
    expectFigures(figures, expected);
    const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round((value ?? 0) * 100) / 100]);
    expectFigures(Object.fromEntries(rounded), published_rounded);
  });

  it('Bliese bhr2000: ICC from mean squares', () => {
    const { input, expected } = published.bliese_bhr2000_icc;
    const squares = { msb: input.ms_between, msw: input.ms_within };
    expectFigures({ icc1: icc1(squares, input.n / input.groups), icc2: icc2(squares) }, expected);
  });

  it.each(published.bliese_bhr2000_rwg.groups)(
    'Bliese bhr2000: r_wg of $counts_1_to_5',
    ({ counts_1_to_5, n, rwg }) => {
      const scores = counts_1_to_5.flatMap((count, index) => Array.from({ length: count }, () => index + 1));
      expect(scores).toHaveLength(n);
      expect(close(itemRwg((deviation(scores) ?? 0) ** 2), rwg)).toBe(true);
    },
  );

  it.each(published.bliese_bhr2000_rwgj.groups)(
    'Bliese bhr2000: r_wg(j) $rwgj',
    ({ item_variances, rwgj: expected }) => {
      expect(close(rwgj(item_variances), expected)).toBe(true);
    },
  );

  it('Student 1908: sleep, paired and Welch', () => {
    const { x1, x2, expected } = published.student_sleep;
    expectFigures(pairedWords(pairedChange(x1, x2)), expected.paired);
    expectFigures(welchWords(welch(x1, x2)), expected.welch);
  });

  it('Lakens 2013: g_av of the movie ratings', () => {
    const { x1, x2, expected } = published.lakens_2013;
    expectFigures(pairedWords(pairedChange(x1, x2)), expected);
  });

  it('Jacobson & Truax 1991: reliable change', () => {
    const { input, expected, published_rounded } = published.jacobson_truax_1991;
    const found = reliableChange(input);
    expectFigures(found, expected);
    const rounded = Object.entries(found).map(([name, value]) => [name, Math.round(value * 100) / 100]);
    expectFigures(Object.fromEntries(rounded), published_rounded);
  });

  it('Benjamini & Hochberg 1995: four of fifteen', () => {
    const { p, expected } = published.benjamini_hochberg_1995;
    const q = benjaminiHochberg(p);
    expect(q).toHaveLength(expected.q.length);
    expect(expected.q.filter((value, index) => !close(q[index], value))).toEqual([]);
    expect(q.filter((value) => value !== null && value <= 0.05)).toHaveLength(expected.n_rejected_05);
    expect(p.filter((value) => value * p.length <= 0.05)).toHaveLength(expected.n_bonferroni_05);
  });

  it('attitude: alpha', () => {
    const { data, expected } = published.attitude_alpha;
    expect(close(alpha(data).listwise, expected.alpha)).toBe(true);
  });

  it.each(published.t_distribution.qt)('t quantile $p at $df', ({ p, df, value }) => {
    expect(close(quantileOfT(p, df), value)).toBe(true);
  });

  it.each(published.t_distribution.p_two_sided)('two-sided p of $t at $df', ({ t, df, value }) => {
    expect(close(2 * cdf(-Math.abs(t), df), value)).toBe(true);
  });

  it('quantile type 7 and standard deviation', () => {
    const { x, p, expected, sd } = published.quantile_type7;
    expect(expected.filter((value, index) => !close(quantile(x, p[index] ?? NaN), value))).toEqual([]);
    expect(close(deviation(x), sd)).toBe(true);
  });
});

/** The two-way variants of Shrout & Fleiss, which the product has no use for. */
function anovaOfTable(data: number[][]): Figures {
  const [n, k] = [data.length, data[0]?.length ?? 0];
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const grand = average(data.flat());
  const rows = data.map(average);
  const columns = Array.from({ length: k }, (_, column) => average(data.map((row) => row[column] ?? NaN)));
  const square = (values: number[]) => values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const [bms, jms] = [(k * square(rows)) / (n - 1), (n * square(columns)) / (k - 1)];
  const ems = (square(data.flat()) - bms * (n - 1) - jms * (k - 1)) / ((n - 1) * (k - 1));
  return {
    ICC2_1: (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n),
    ICC3_1: (bms - ems) / (bms + (k - 1) * ems),
    ICC2_k: (bms - ems) / (bms + (jms - ems) / n),
    ICC3_k: (bms - ems) / bms,
  };
}
