import { describe, expect, it } from 'vitest';
import { levelOf, levelTakenOff } from '#lib/analysis/view-differences.ts';
import { schoolFigures } from './figures.ts';
import { pageFacts } from './page-facts.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';
import { withoutLevel } from './without-level.ts';

/** The IB'er is two points higher on ten aspects, equal on a11, and marks the first as unclear; over the list +1.8. */
const outline = outlineOf(11);
const director = answers('director', 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
const ib = answers('ib', 2, '5u', 5, 5, 5, 5, 5, 5, 5, 5, 5, 3);
const snapshot = takeSnapshot(roundOf(outline, [...director, ...ib]));
const figures = schoolFigures(snapshot, outline);
const without = withoutLevel(figures);
const byCode = new Map(without.aspects.map((aspect) => [aspect.code, aspect]));

describe('a report without the level difference', () => {
  it('has what is left of each gap, and the level itself as it was', () => {
    expect(levelOf(figures.overall.gaps).ib_director).toBeCloseTo(20 / 11, 12);
    expect(without.competencies[0]?.gaps.ib_director.gap).toBeCloseTo(0, 12);
    expect(without.overall).toEqual(figures.overall);
  });

  it('classes by what is left: what differs as much as all else is of one picture, what does not stands out', () => {
    expect(figures.competencies[0]?.class).toBe('blind_spot');
    expect(without.competencies[0]?.class).toBe('in_agreement');
    expect(figures.aspects.find(({ code }) => code === 'a2')).toMatchObject({ reading: 'seen_differently' });
    expect(byCode.get('a2')).toMatchObject({ class: 'in_agreement', reading: 'shared_view' });
    expect(byCode.get('a11')).toMatchObject({ class: 'hidden_strength', reading: 'seen_differently' });
  });

  it('keeps scores, and what is not understood', () => {
    expect(without.aspects.map(({ views }) => views)).toEqual(figures.aspects.map(({ views }) => views));
    expect(byCode.get('a1')?.reading).toBe('check_meaning');
  });

  it('sorts by what is left', () => {
    const facts = pageFacts(without, snapshot, null, levelOf(figures.overall.gaps));
    expect(facts.sortKeys['a2']).toBeCloseTo(2 - 20 / 11, 12);
    expect(facts.lists.hidden_strength.top).toEqual(['a11']);
    expect(facts.elevation.selfDirection).toBe('higher');
  });

  it('has no gap where the level is not known, and says why', () => {
    expect(without.competencies[0]?.gaps.ib_teacher).toEqual(figures.competencies[0]?.gaps.ib_teacher);
    expect(without.competencies[0]?.gaps.ib_teacher).toMatchObject({ gap: null, reason: 'not_judged' });
  });

  it('cannot compare an aspect of which no level is known: two scores alone are no same picture', () => {
    const pairs = { ib_director: { gap: null, common: 1 }, ib_teacher: { gap: null, common: 0 } };
    const unknown = withoutLevel({ ...figures, overall: { gaps: { ...figures.overall.gaps, ...pairs } } });
    const classes = unknown.aspects.map((aspect) => ({ class: aspect.class, reading: aspect.reading }));
    expect(classes[0]).toEqual({ class: 'insufficient', reading: 'check_meaning' });
    expect(classes[1]).toEqual({ class: 'insufficient', reading: 'insufficient' });
    expect(unknown.competencies[0]?.class).toBe('insufficient');
  });
});

describe('where the director and the teachers judged too little in common', () => {
  const teachers = ['t1', 't2', 't3'].flatMap((_, index) =>
    answers('teacher', 3 + index, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
  );
  const all = schoolFigures(takeSnapshot(roundOf(outline, [...director, ...ib, ...teachers])), outline);
  const withoutPair = (...pairs: ('ib_director' | 'director_teacher')[]) => {
    const unknown = Object.fromEntries(pairs.map((pair) => [pair, { gap: null, common: 1 }]));
    return { ...all, overall: { gaps: { ...all.overall.gaps, ...unknown } } };
  };
  const classes = (figures: typeof all) =>
    new Map(withoutLevel(figures).aspects.map((aspect) => [aspect.code, aspect.class]));

  it('what they see differently is found by the level that follows from the other two', () => {
    const known = levelOf(all.overall.gaps).director_teacher ?? Number.NaN;
    const figures = withoutPair('director_teacher');
    expect(levelTakenOff(figures.overall.gaps).director_teacher).toBeCloseTo(known, 12);
    expect(classes(all).get('a1')).toBe('contested');
    expect(classes(figures)).toEqual(classes(all));
  });

  it('nothing is called alike where a level of a pair that has both views is not known', () => {
    const without = withoutLevel(withoutPair('ib_director', 'director_teacher'));
    expect(without.aspects.map(({ reading }) => reading)).not.toContain('shared_view');
    expect(without.aspects.map((aspect) => aspect.class)).toContain('insufficient');
    expect(without.competencies[0]?.class).toBe('insufficient');
  });

  it('not what all give low scores either, a point or two apart', () => {
    const low = ['t1', 't2', 't3'].flatMap((_, index) =>
      answers('teacher', 3 + index, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3),
    );
    const lower = answers('director', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    const same = answers('ib', 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
    const scored = schoolFigures(takeSnapshot(roundOf(outline, [...lower, ...same, ...low])), outline);
    const unknown = { gap: null, common: 1 };
    const gaps = { ...scored.overall.gaps, ib_director: unknown, director_teacher: unknown };
    const without = withoutLevel({ ...scored, overall: { gaps } });
    expect(new Set(without.aspects.map((aspect) => aspect.class))).toEqual(new Set(['insufficient']));
  });
});
