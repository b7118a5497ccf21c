import { describe, expect, it } from 'vitest';
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
import type { SeedSchoolRound } from '../support/vectors.ts';
import { pairedWords, welchWords } from '../support/vector-words.ts';
import type { Figures } from '../support/vector-words.ts';
import { alpha, rwgj } from '../support/vectors-only.ts';
import { teacherAgreement } from '#lib/analysis/agreement.ts';
import { benjaminiHochberg } from '#lib/analysis/benjamini-hochberg.ts';
import { clarityOfRound } from '#lib/analysis/clarity.ts';
import { competencyScore } from '#lib/analysis/competency-score.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { iccOneway } from '#lib/analysis/icc.ts';
import { pairedChange } from '#lib/analysis/paired-change.ts';
import { tallyRatings } from '#lib/analysis/tally.ts';
import { thenTest } from '#lib/analysis/then-test.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Score, View } from '#lib/analysis/types.ts';
import { welch } from '#lib/analysis/welch.ts';

const seed = seedA();
const tallied = seed.schoolRounds.map((at) => ({ ...at, tallies: tallyRatings(at.ratings) }));
type Tallied = (typeof tallied)[number];

const expected = vectorJson<{
  agreement: Figures[];
  icc: Figures[];
  alpha: Figures[];
  cohort_diff: Figures[];
  bh_cohort_aspects: { view: string; round: string; n_tests: number; n_sig_q05: number; aspects: Figures[] }[];
  bh_change_aspects: {
    view: string;
    from: string;
    to: string;
    n_tests: number;
    n_sig_q05: number;
    aspects: Figures[];
  }[];
  then_test: Record<string, Figures[string] | Figures>[];
}>('seedA/expected.json');

const inRound = (round: string) => tallied.filter((at) => at.round === round);
const scoreOf = ({ tallies }: Tallied, view: View, aspect: string): Score => tallies[view].get(aspect)?.score ?? null;

/** Raters × aspects of one view. */
function table({ ratings, raters }: SeedSchoolRound, view: View, aspects: readonly string[]): Score[][] {
  const scores = new Map(ratings.filter((r) => r.role === view).map((r) => [`${r.rater} ${r.aspect}`, r.score]));
  return raters
    .filter(({ role }) => role === view)
    .map(({ rater }) => aspects.map((aspect) => scores.get(`${rater} ${aspect}`) ?? null));
}

const competencies = seed.outline.competencies.map(({ code, aspects }) => ({
  code,
  aspects: aspects.map((aspect) => aspect.code),
}));

const keyOf =
  (...names: string[]) =>
  (row: Figures) =>
    names.map((name) => row[name]).join(' ');
const vectorView = (view: View) => ({ director: 'director', ib: 'self', teacher: 'teachers' })[view];

describe('the simulated cohorts, all answers', () => {
  it('clarity of every aspect, per cohort and for both, in every round', () => {
    const rows = vectorCsv('seedA/expected_clarity.csv');
    expect(rows).toHaveLength(1116);
    const found = ['C1', 'C2', 'ALL'].flatMap((cohort) =>
      seed.rounds.flatMap((round) => {
        const units = inRound(round).filter((at) => cohort === 'ALL' || at.cohort === cohort);
        return clarityOfRound(units, seed.aspects).map((row) => ({ cohort, round, ...row }));
      }),
    );
    const actual = keyed(
      found,
      (row) => `${row.cohort} ${row.round} ${row.aspect}`,
      ({ flags, ...row }) => ({ ...row, flags: flags.join(';') }),
    );
    const wanted = keyed(
      rows,
      (row) => `${field(row, 'cohort')} ${field(row, 'round')} ${field(row, 'aspect')}`,
      (row) => ({
        cells: num(row, 'n_cells'),
        schools: num(row, 'n_schools'),
        U: num(row, 'U'),
        C: num(row, 'C'),
        C_director: num(row, 'C_director'),
        C_ib: num(row, 'C_self'),
        C_teacher: num(row, 'C_teachers'),
        N: num(row, 'N'),
        K: num(row, 'K'),
        flags: ourWords(field(row, 'flags')),
        class: field(row, 'class'),
      }),
    );
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('agreement of the teachers of every school', () => {
    expect(expected.agreement).toHaveLength(368);
    const found = seed.schoolRounds
      .filter(({ raters }) => raters.some(({ role }) => role === 'teacher'))
      .flatMap((at) =>
        competencies.map(({ code, aspects }): Figures => {
          const { raters, items, status, meanVariance, rwg, ad } = teacherAgreement(table(at, 'teacher', aspects));
          return {
            school: at.school,
            round: at.round,
            competency: code,
            n_raters: raters,
            J: items,
            status,
            mean_var: meanVariance,
            rwg_mean: rwg,
            rwgj: meanVariance === null ? null : rwgj(Array.from({ length: items }, () => meanVariance)),
            adm: ad,
          };
        }),
      );
    const key = keyOf('school', 'round', 'competency');
    expect(rowDifferences(keyed(found, key, same), keyed(expected.agreement, key, same))).toEqual([]);
  });

  it('intraclass correlation of the teachers', () => {
    expect(expected.icc).toHaveLength(16);
    const found = seed.rounds.flatMap((round) =>
      competencies.map(({ code, aspects }): Figures => {
        const schools = inRound(round).map((at) =>
          table(at, 'teacher', aspects)
            .map((scores) => competencyScore(scores).score)
            .filter((score) => score !== null),
        );
        const icc = iccOneway(schools);
        const { groups: G, n: N, kMean: k_mean, icc1K0: icc1_k0 } = icc;
        return { ...icc, round, competency: code, G, N, k_mean, icc1_k0 };
      }),
    );
    const key = keyOf('round', 'competency');
    expect(rowDifferences(keyed(found, key, same), keyed(expected.icc, key, same))).toEqual([]);
  });

  it('alpha, both variants', () => {
    expect(expected.alpha).toHaveLength(48);
    const found = seed.rounds.flatMap((round) =>
      VIEWS.flatMap((view) =>
        competencies.map(({ code, aspects }): Figures => {
          const { raters, complete, minPair, listwise, pairwise } = alpha(
            inRound(round).flatMap((at) => table(at, view, aspects)),
          );
          return {
            round,
            view: vectorView(view),
            competency: code,
            k: aspects.length,
            n_raters: raters,
            n_complete: complete,
            min_pair_n: minPair,
            alpha_listwise: listwise,
            alpha_pairwise: pairwise,
          };
        }),
      ),
    );
    const key = keyOf('round', 'view', 'competency');
    expect(rowDifferences(keyed(found, key, same), keyed(expected.alpha, key, same))).toEqual([]);
  });

  it('difference of the two cohorts', () => {
    expect(expected.cohort_diff).toHaveLength(48);
    const found = seed.rounds.flatMap((round) =>
      VIEWS.flatMap((view) =>
        competencies.map(({ code, aspects }): Figures => {
          const scores = (cohort: string) =>
            inRound(round)
              .filter((at) => at.cohort === cohort)
              .map((at) => competencyScore(aspects.map((aspect) => scoreOf(at, view, aspect))).score);
          const difference = welchWords(welch(scores('C1'), scores('C2')));
          return { ...difference, mode: 'open', round, view: vectorView(view), competency: code };
        }),
      ),
    );
    const key = keyOf('mode', 'round', 'view', 'competency');
    expect(rowDifferences(keyed(found, key, same), keyed(expected.cohort_diff, key, same))).toEqual([]);
  });

  it.each(expected.bh_cohort_aspects)('aspects on which the cohorts differ: $view $round', (block) => {
    const view = viewOf(block.view);
    const tests = seed.aspects.map((aspect) => {
      const scores = (cohort: string) =>
        inRound(block.round)
          .filter((at) => at.cohort === cohort)
          .map((at) => scoreOf(at, view, aspect));
      return { aspect, ...welch(scores('C1'), scores('C2')) };
    });
    const q = benjaminiHochberg(tests.map(({ p }) => p));
    const found = tests.map((one, index): Figures => ({ ...one, diff: one.difference, q: q[index] ?? null }));
    expectBlock(found, block);
  });

  it.each(expected.bh_change_aspects)('aspects that changed: $view $from to $to', (block) => {
    const view = viewOf(block.view);
    const pairs = samePeople(block.from, block.to, view);
    const tests = seed.aspects.map((aspect) => ({
      aspect,
      ...pairedChange(
        pairs.map(([before]) => scoreOf(before, view, aspect)),
        pairs.map(([, after]) => scoreOf(after, view, aspect)),
      ),
    }));
    const q = benjaminiHochberg(tests.map(({ p }) => p));
    const found = tests.map((one, index): Figures => ({ ...one, mean_change: one.change, q: q[index] ?? null }));
    expectBlock(found, block);
  });

  it('then-test of the global questions', () => {
    expect(expected.then_test).toHaveLength(12);
    const answers = new Map(
      vectorCsv('seedA/globals.csv').map((row) => [
        `${field(row, 'ratee')} ${field(row, 'round')} ${field(row, 'competency')}`,
        { ratee: field(row, 'ratee'), now: num(row, 'now'), then: num(row, 'then') },
      ]),
    );
    const ratees = [...new Set([...answers.values()].map(({ ratee }) => ratee))];
    const found = ['T1', 'T2', 'T3'].flatMap((to) =>
      competencies.map(({ code }): Figures => {
        const test = thenTest(
          ratees.map((ratee) => ({
            start: answers.get(`${ratee} T0 ${code}`)?.now ?? null,
            now: answers.get(`${ratee} ${to} ${code}`)?.now ?? null,
            then: answers.get(`${ratee} ${to} ${code}`)?.then ?? null,
          })),
        );
        return {
          from: 'T0',
          to,
          competency: code,
          n: test.n,
          ...flat('conventional', pairedWords(test.conventional)),
          ...flat('adjusted', pairedWords(test.adjusted)),
          ...flat('response_shift', pairedWords(test.responseShift)),
        };
      }),
    );
    const wanted = expected.then_test.map((row) =>
      Object.entries(row).reduce<Figures>(
        (all, [name, value]) => ({
          ...all,
          ...(typeof value === 'object' && value !== null ? flat(name, value) : { [name]: value }),
        }),
        {},
      ),
    );
    const key = keyOf('from', 'to', 'competency');
    expect(rowDifferences(keyed(found, key, same), keyed(wanted, key, same))).toEqual([]);
  });
});

function same(row: Figures): Figures {
  return row;
}

function flat(name: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([figure, value]) => [`${name}.${figure}`, value]));
}

/** Schools that took part in both rounds with the same IB'er and, for the director's view, the same director. */
function samePeople(from: string, to: string, view: View): [Tallied, Tallied][] {
  return inRound(from).flatMap((before): [Tallied, Tallied][] => {
    const after = inRound(to).find(({ school }) => school === before.school);
    if (!after || after.ratee !== before.ratee) return [];
    return view === 'director' && after.director !== before.director ? [] : [[before, after]];
  });
}

function expectBlock(found: Figures[], block: { n_tests: number; n_sig_q05: number; aspects: Figures[] }) {
  expect(block.aspects).toHaveLength(93);
  const key = keyOf('aspect');
  expect(rowDifferences(keyed(found, key, same), keyed(block.aspects, key, same))).toEqual([]);
  expect(found.filter(({ p }) => p !== null)).toHaveLength(block.n_tests);
  expect(found.filter(({ q }) => typeof q === 'number' && q <= 0.05 + CONSTANTS.eps)).toHaveLength(block.n_sig_q05);
}
