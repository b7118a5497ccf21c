import { describe, expect, it } from 'vitest';
import { close, ourWords, vectorJson } from '../support/vectors.ts';
import { expectFigures, pairedWords, welchWords } from '../support/vector-words.ts';
import type { Figures } from '../support/vector-words.ts';
import { alphaFromCovariance, reliableChange, rwgj } from '../support/vectors-only.ts';
import { benjaminiHochberg } from '#lib/analysis/benjamini-hochberg.ts';
import { clarityOfRound } from '#lib/analysis/clarity.ts';
import { classifyAspect } from '#lib/analysis/classify-aspect.ts';
import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import { classifyCompetency } from '#lib/analysis/classify-competency.ts';
import { competencyScore } from '#lib/analysis/competency-score.ts';
import { needed } from '#lib/analysis/coverage.ts';
import { matchedGap } from '#lib/analysis/gap.ts';
import { iccOneway } from '#lib/analysis/icc.ts';
import { pairedChange } from '#lib/analysis/paired-change.ts';
import { profile } from '#lib/analysis/profile.ts';
import { manyCannotJudge, manyUnclear, readAspect } from '#lib/analysis/reading.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { tallyRatings } from '#lib/analysis/tally.ts';
import type { Tally } from '#lib/analysis/tally.ts';
import { teacherAgreement } from '#lib/analysis/agreement.ts';
import { thenTest } from '#lib/analysis/then-test.ts';
import type { Rating, Score } from '#lib/analysis/types.ts';
import { welch } from '#lib/analysis/welch.ts';

type Case<In> = In & { expected: Figures };
type ClarityCell = { school: string; view: string; n_answered: number; n_cannot_clear: number; n_unclear: number };
type ClarityCase = { cells: ClarityCell[]; director: Score[]; self: Score[]; teachers: Score[] };

const cases = vectorJson<{
  aspect_score: Case<{ responses: string[] }>[];
  coverage_needed: { m: number; needed: number }[];
  competency_score: Case<{ aspect_scores: Score[] }>[];
  matched_gap: Case<{ x: Score[]; y: Score[] }>[];
  classify_aspect: { director: Score; self: Score; teachers: Score; expected: string }[];
  classify_competency: { self_director: Score; self_teachers: Score; director_teachers: Score; expected: string }[];
  reading: {
    class: AspectClass;
    view_unclear: boolean[];
    view_not_observed: boolean[];
    cohort_flag_U_or_N: boolean;
    expected: string;
  }[];
  reading_view_shares: {
    cases: {
      n_answered: number;
      n_unclear?: number;
      n_cannot?: number;
      view_unclear?: boolean;
      view_not_observed?: boolean;
    }[];
  };
  profile: Case<{ x: Score[]; y: Score[] }>[];
  profile_identity: string;
  teacher_agreement: Case<{ raters_x_aspects: Score[][] }>[];
  icc: Case<{ y: number[]; group: number[] }>[];
  alpha_from_covariance: { V: number[][]; expected: number | null }[];
  paired_change: Case<{ x1: Score[]; x2: Score[] }>[];
  welch: Case<{ a: Score[]; b: Score[] }>[];
  benjamini_hochberg: { p: Score[]; q: Score[] }[];
  clarity: Case<ClarityCase>[];
  then_test: { now_T0: number[]; now_T1: number[]; then_T1: number[]; expected: Figures };
  rci: Case<{ pre: number; post: number; sd: number; rxx: number }>[];
  anonymity: unknown;
  display_rounding: { cases: { value: number; shown: number }[] };
}>('small_cases.json');

describe('the hand-checkable cases of the measurement design', () => {
  it('are all tested: a block that is added must be read here', () => {
    expect(Object.keys(cases).sort()).toEqual([
      'alpha_from_covariance',
      'anonymity', // anonymity.test.ts
      'aspect_score',
      'benjamini_hochberg',
      'clarity',
      'classify_aspect',
      'classify_competency',
      'competency_score',
      'coverage_needed',
      'display_rounding',
      'icc',
      'matched_gap',
      'paired_change',
      'profile',
      'profile_identity',
      'rci',
      'reading',
      'reading_view_shares',
      'teacher_agreement',
      'then_test',
      'welch',
    ]);
    expect(cases.classify_aspect).toHaveLength(35);
    expect(cases.classify_competency).toHaveLength(12);
  });

  it.each(cases.aspect_score)('aspect score of $responses', ({ responses, expected }) => {
    const ratings = responses.flatMap((response, rater): Rating[] => {
      if (response === 'M') return [];
      const judged = response !== 'C';
      const score = judged ? Number(response) : null;
      const status = judged ? 'judged' : 'cannot_judge';
      return [{ rater, role: 'teacher', aspect: 'a', status, score, unclear: false }];
    });
    const tally = tallyRatings(ratings).teacher.get('a');
    expect(close(tally?.score ?? null, expected.score)).toBe(true);
    expect(tally?.judged ?? 0).toBe(expected.n_judged);
    expect(tally?.cannotJudge ?? 0).toBe(expected.n_cannot);
    expect(tally?.answered ?? 0).toBe(expected.n_answered);
  });

  it.each(cases.coverage_needed)('$needed of $m aspects are needed', ({ m, needed: expected }) => {
    expect(needed(m)).toBe(expected);
  });

  it.each(cases.competency_score)('competency score of $aspect_scores', ({ aspect_scores, expected }) => {
    const { score, judged, status } = competencyScore(aspect_scores);
    expectFigures({ score, n_judged: judged, status }, expected);
  });

  it.each(cases.matched_gap)('matched gap of $x and $y', ({ x, y, expected }) => {
    const { gap, common } = matchedGap(x, y);
    expectFigures({ gap, n_common: common }, expected);
  });

  it.each(cases.classify_aspect)(
    'aspect $director, $self, $teachers is $expected',
    ({ director, self, teachers, expected }) => {
      expect(classifyAspect({ director, ib: self, teacher: teachers })).toBe(expected);
    },
  );

  it.each(cases.classify_competency)(
    'competency $self_director, $self_teachers, $director_teachers is $expected',
    ({ self_director, self_teachers, director_teachers, expected }) => {
      const gaps = { ib_director: self_director, ib_teacher: self_teachers, director_teacher: director_teachers };
      expect(classifyCompetency(gaps)).toBe(expected);
    },
  );

  it.each(cases.reading)('reading of %o', ({ expected, ...facts }) => {
    const reading = readAspect({
      class: facts.class,
      unclear: facts.view_unclear.some(Boolean),
      notObserved: facts.view_not_observed.some(Boolean),
      cohortUnclear: facts.cohort_flag_U_or_N,
    });
    expect(reading).toBe(expected);
  });

  it.each(cases.reading_view_shares.cases)('share of a view: %o', (one) => {
    const answered = one.n_answered;
    expect(one.view_unclear !== undefined || one.view_not_observed !== undefined).toBe(true);
    if (one.view_unclear !== undefined) {
      expect(manyUnclear({ answered, unclear: one.n_unclear ?? 0 })).toBe(one.view_unclear);
    }
    if (one.view_not_observed !== undefined) {
      expect(manyCannotJudge({ answered, cannotJudge: one.n_cannot ?? 0 })).toBe(one.view_not_observed);
    }
  });

  it.each(cases.profile)('profile of $x and $y', ({ x, y, expected }) => {
    const found = profile(x, y);
    expectFigures({ ...found, sd_x: found.sdX, sd_y: found.sdY }, expected);
    const { msd, elevation, scatter, sdX, sdY, r } = found;
    if (msd === null || elevation === null || scatter === null || sdX === null || sdY === null) throw new Error('null');
    const identity = elevation ** 2 + scatter ** 2 + 2 * sdX * sdY * (1 - (r ?? 0));
    expect(close(identity, msd)).toBe(true);
  });

  it.each(cases.teacher_agreement)('agreement of %o', ({ raters_x_aspects, expected }) => {
    const { raters, items, status, meanVariance, rwg, ad } = teacherAgreement(raters_x_aspects);
    const variances = meanVariance === null ? null : Array.from({ length: items }, () => meanVariance);
    expectFigures(
      {
        n_raters: raters,
        J: items,
        status,
        mean_var: meanVariance,
        rwg_mean: rwg,
        rwgj: variances && rwgj(variances),
        adm: ad,
      },
      expected,
    );
  });

  it.each(cases.icc)('intraclass correlation of $y in $group', ({ y, group, expected }) => {
    const schools = new Map<number, number[]>();
    y.forEach((score, index) => {
      const at = group[index] ?? 0;
      schools.set(at, [...(schools.get(at) ?? []), score]);
    });
    const found = iccOneway([...schools.values()]);
    expectFigures({ ...found, G: found.groups, N: found.n, k_mean: found.kMean, icc1_k0: found.icc1K0 }, expected);
  });

  it.each(cases.alpha_from_covariance)('alpha of $V', ({ V, expected }) => {
    expect(close(alphaFromCovariance(V), expected)).toBe(true);
  });

  it.each(cases.paired_change)('paired change from $x1 to $x2', ({ x1, x2, expected }) => {
    expectFigures(pairedWords(pairedChange(x1, x2)), expected);
  });

  it.each(cases.welch)('Welch difference of $a and $b', ({ a, b, expected }) => {
    expectFigures(welchWords(welch(a, b)), expected);
  });

  it.each(cases.benjamini_hochberg)('q-values of $p', ({ p, q }) => {
    const found = benjaminiHochberg(p);
    expect(found).toHaveLength(q.length);
    expect(q.filter((value, index) => !close(found[index], value))).toEqual([]);
  });

  it.each(cases.clarity)('clarity: $note', ({ cells, director, self, teachers, expected }) => {
    const schools = [...new Set(cells.map(({ school }) => school))];
    const units = schools.map((school, index) => {
      const tallies = (view: string, scores: Score[]) =>
        new Map(
          cells
            .filter((cell) => cell.school === school && cell.view === view)
            .map((cell) => ['a', tallyOf(cell, scores[index] ?? null)] as const),
        );
      return {
        school,
        ratee: school,
        director: school,
        tallies: {
          director: tallies('director', director),
          ib: tallies('self', self),
          teacher: tallies('teachers', teachers),
        },
      };
    });
    const [found] = clarityOfRound(units, ['a']);
    if (!found) throw new Error('no row');
    const { cells: count, schools: n, flags, ...figures } = found;
    const actual = { ...figures, n_cells: count, n_schools: n, flags: flags.join(';') };
    const inOurWords = Object.entries(expected).map(([name, value]) => [
      name.replace('C_self', 'C_ib').replace('C_teachers', 'C_teacher'),
      typeof value === 'string' ? ourWords(value) : value,
    ]);
    expectFigures(actual, Object.fromEntries(inOurWords));
  });

  it('then-test: conventional = adjusted + response shift', () => {
    const { now_T0, now_T1, then_T1, expected } = cases.then_test;
    const found = thenTest(
      now_T0.map((start, index) => ({ start, now: now_T1[index] ?? null, then: then_T1[index] ?? null })),
    );
    expect(found.n).toBe(now_T0.length);
    expectFigures(
      {
        conventional: found.conventional.change,
        adjusted: found.adjusted.change,
        response_shift: found.responseShift.change,
      },
      expected,
    );
  });

  it.each(cases.rci)('reliable change from $pre to $post', ({ expected, ...input }) => {
    expectFigures(reliableChange(input), expected);
  });

  it.each(cases.display_rounding.cases)('$value is shown as $shown', ({ value, shown }) => {
    expect(roundForDisplay(value) === shown).toBe(true);
    expect(Object.is(roundForDisplay(value), -0)).toBe(false);
  });
});

function tallyOf(cell: ClarityCell, score: Score): Tally {
  return {
    answered: cell.n_answered,
    judged: score === null ? 0 : cell.n_answered,
    cannotJudge: cell.n_cannot_clear,
    notSeen: cell.n_cannot_clear,
    unclear: cell.n_unclear,
    score,
  };
}
