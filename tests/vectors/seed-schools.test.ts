import { describe, expect, it } from 'vitest';
import { profile } from '#lib/analysis/profile.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { all, place, rowKey } from '../support/seed-rounds.ts';
import { field, keyed, num, rowDifferences, vectorCsv } from '../support/vectors.ts';

describe('the simulated cohorts, school by school, in both modes', () => {
  it('counts, scores and published cells of every view and aspect', () => {
    const rows = vectorCsv('seedA/expected_view_aspect.csv');
    expect(rows).toHaveLength(25389);
    const found = all
      .filter(({ mode }) => mode === 'protected')
      .flatMap(({ school, round, raters, tallies, snapshot }) =>
        VIEWS.filter((view) => raters.some(({ role }) => role === view)).flatMap((view) =>
          snapshot.aspects.map(({ code, views }) => ({ school, round, view, code, shown: views[view], tallies })),
        ),
      );
    const actual = keyed(
      found,
      ({ school, round, view, code }) => `${school} ${round} ${view} ${code}`,
      ({ view, code, shown, tallies }) => {
        const tally = tallies[view].get(code);
        return {
          n_answered: tally?.answered ?? 0,
          n_judged: tally?.judged ?? 0,
          n_cannot: tally?.cannotJudge ?? 0,
          n_cannot_clear: tally?.notSeen ?? 0,
          n_unclear: tally?.unclear ?? 0,
          score: tally?.score ?? null,
          shown: shown.score,
        };
      },
    );
    const wanted = keyed(rows, rowKey('school', 'round', 'view', 'aspect'), (row) => ({
      n_answered: num(row, 'n_answered'),
      n_judged: num(row, 'n_judged'),
      n_cannot: num(row, 'n_cannot'),
      n_cannot_clear: num(row, 'n_cannot_clear'),
      n_unclear: num(row, 'n_unclear'),
      score: num(row, 'score'),
      shown: field(row, 'published') === '1' ? num(row, 'score') : null,
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('in open mode every cell with a score is shown', () => {
    const open = all.filter(({ mode }) => mode === 'open');
    const differing = open.flatMap(({ snapshot, tallies }) =>
      snapshot.aspects.filter(({ code, views }) =>
        VIEWS.some((view) => views[view].score !== (tallies[view].get(code)?.score ?? null)),
      ),
    );
    expect(open).toHaveLength(93);
    expect(differing).toEqual([]);
  });

  it('competency scores', () => {
    const rows = vectorCsv('seedA/expected_competency.csv');
    expect(rows).toHaveLength(2232);
    const found = all.flatMap((at) =>
      at.figures.competencies.flatMap(({ code, aspects, views }) =>
        VIEWS.map((view) => ({ key: `${place(at)} ${view} ${code}`, m: aspects, ...views[view] })),
      ),
    );
    const actual = keyed(
      found,
      ({ key }) => key,
      ({ m, judged, score, status }) => ({ m, n_judged: judged, score, status }),
    );
    const wanted = keyed(rows, rowKey('mode', 'school', 'round', 'view', 'competency'), (row) => ({
      m: num(row, 'm'),
      n_judged: num(row, 'n_judged'),
      score: num(row, 'score'),
      status: field(row, 'status'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
    expect(found.filter(({ score, reason }) => (score === null) !== (reason !== undefined))).toEqual([]);
  });

  it('gaps', () => {
    const rows = vectorCsv('seedA/expected_gap.csv');
    expect(rows).toHaveLength(2232);
    const found = all.flatMap((at) =>
      at.figures.competencies.flatMap(({ code, gaps }) =>
        PAIRS.map((pair) => ({ key: `${place(at)} ${code} ${pair}`, ...gaps[pair] })),
      ),
    );
    const actual = keyed(
      found,
      ({ key }) => key,
      ({ gap, common }) => ({ gap, n_common: common }),
    );
    const wanted = keyed(rows, rowKey('mode', 'school', 'round', 'competency', 'pair'), (row) => ({
      gap: num(row, 'gap'),
      n_common: num(row, 'n_common'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
    expect(found.filter(({ gap, reason }) => (gap === null) !== (reason !== undefined))).toEqual([]);
  });

  it('class and reading of every aspect', () => {
    const rows = vectorCsv('seedA/expected_class_aspect.csv');
    expect(rows).toHaveLength(17298);
    const actual = keyed(
      all.flatMap((at) => at.figures.aspects.map((aspect) => ({ key: `${place(at)} ${aspect.code}`, ...aspect }))),
      ({ key }) => key,
      (aspect) => ({ class: aspect.class, reading: aspect.reading }),
    );
    const wanted = keyed(rows, rowKey('mode', 'school', 'round', 'aspect'), (row) => ({
      class: field(row, 'class'),
      reading: field(row, 'reading'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('class of every competency', () => {
    const rows = vectorCsv('seedA/expected_class_competency.csv');
    expect(rows).toHaveLength(744);
    const actual = keyed(
      all.flatMap((at) => at.figures.competencies.map((one) => ({ key: `${place(at)} ${one.code}`, ...one }))),
      ({ key }) => key,
      (one) => ({ class: one.class }),
    );
    const wanted = keyed(rows, rowKey('mode', 'school', 'round', 'competency'), (row) => ({
      class: field(row, 'class'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });

  it('profiles, and the level difference over all aspects', () => {
    const rows = vectorCsv('seedA/expected_profile.csv');
    expect(rows).toHaveLength(558);
    const found = all.flatMap((at) =>
      PAIRS.map((pair) => {
        const scores = (view: View) => at.figures.aspects.map(({ views }) => views[view].score);
        const [first, second] = PAIR_VIEWS[pair];
        const found = profile(scores(first), scores(second));
        return { key: `${place(at)} ${pair}`, ...found, overall: at.figures.overall.gaps[pair] };
      }),
    );
    const actual = keyed(
      found,
      ({ key }) => key,
      ({ overall, ...one }) => ({ ...one, sd_x: one.sdX, sd_y: one.sdY, gap: overall.gap, common: overall.common }),
    );
    const wanted = keyed(rows, rowKey('mode', 'school', 'round', 'pair'), (row) => ({
      n: num(row, 'n'),
      status: field(row, 'status'),
      elevation: num(row, 'elevation'),
      sd_x: num(row, 'sd_x'),
      sd_y: num(row, 'sd_y'),
      scatter: num(row, 'scatter'),
      r: num(row, 'r'),
      msd: num(row, 'msd'),
      mad: num(row, 'mad'),
      gap: num(row, 'elevation'),
      common: num(row, 'n'),
    }));
    expect(rowDifferences(actual, wanted)).toEqual([]);
  });
});
