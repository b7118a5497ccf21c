import { describe, expect, it } from 'vitest';
import { shownComparison, type ComparedRound } from './comparison-figures.ts';
import { roundSums } from './round-sums.ts';
import { schoolFigures } from './figures.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';

const ASPECTS = 6;
const ALL = new Set(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);

/** A round of these schools, in which all directors give about the same score. */
function round(schools: readonly string[], score: number, aspects = ASPECTS): ComparedRound {
  const outline = outlineOf(aspects);
  const units = schools.map((school, index) => {
    const scores = Array.from({ length: aspects }, (_, nth) => (nth === index % aspects ? score - 1 : score));
    const snapshot = takeSnapshot(roundOf(outline, answers('director', 1, ...scores)));
    const of = `${school} ${score}`;
    const people = { school, ratee: `ib ${of}`, director: `director ${of}` };
    return { ...people, schoolRoundId: `round of ${of}`, figures: schoolFigures(snapshot, outline) };
  });
  return { sums: roundSums(units), gone: new Map(), viewer: { seesSchools: false, operator: false } };
}

const named = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `school ${from + index}`);
const directors = (here: ComparedRound, there: ComparedRound, same: ReadonlySet<string> = ALL) =>
  shownComparison(here, there, same).views.find(({ view }) => view === 'director');

describe('two cohorts beside each other', () => {
  it('is the other minus this one, with an interval, from five schools on either side', () => {
    const found = directors(round(named(5), 3), round(named(5, 50), 4));
    expect(found?.difference).toBeCloseTo(1, 9);
    expect(found).toMatchObject({ n: 5, otherN: 5 });
    const few = directors(round(named(5), 3), round(named(4, 50), 4));
    expect(few).toMatchObject({ n: 5, otherN: 4, mean: null, difference: null, reason: 'too_few_schools' });
  });

  it('shows no groups of which one has less than five schools beyond the other', () => {
    const twelve = round(named(12), 3);
    expect(directors(twelve, round(named(11), 4))).toMatchObject({ difference: null, reason: 'too_few_schools' });
    expect(directors(twelve, round(named(7), 4))?.difference).not.toBeNull();
    expect(directors(twelve, round(named(12), 4))?.difference).not.toBeNull();
    expect(directors(twelve, round(named(12, 11), 4))?.difference).not.toBeNull(); // one school in both
    expect(directors(twelve, round(named(12, 3), 4))?.reason).toBe('too_few_schools'); // three beyond, on either side
  });

  it('compares a competency only where all of its aspects are the same, and aspects one by one', () => {
    const [here, there] = [round(named(6), 3), round(named(6, 50), 4)];
    const reworded = new Set([...ALL].filter((code) => code !== 'a1'));
    const found = shownComparison(here, there, reworded);
    expect(found.views.map(({ reason }) => reason)).toEqual(found.views.map(() => 'other_aspects'));
    expect(found.apart).toEqual(['a1']);
    expect(found.aspects.some(({ aspect }) => aspect === 'a1')).toBe(false);
    expect(found.tested.director).toBe(5);
  });

  it('says that a round asked only some of the same aspects, and compares those one by one', () => {
    const [here, pulse] = [round(named(6), 3), round(named(6, 50), 4, 5)];
    for (const found of [shownComparison(here, pulse, ALL), shownComparison(pulse, here, ALL)]) {
      expect(found.views.map(({ reason }) => reason)).toEqual(found.views.map(() => 'part_asked'));
      expect(found.apart).toEqual([]);
      expect(found.tested.director).toBe(5);
    }
  });

  it('keeps from whoever sees schools a mean that holds a view which went since', () => {
    const here = round(named(6), 3);
    const gone = new Map([['round of school 0 3', new Map([['director' as const, 'a director']])]]);
    const at = (seesSchools: boolean) => ({ ...here, gone, viewer: { seesSchools, operator: false } });
    const there = round(named(6, 50), 4);
    expect(directors(at(false), there)?.difference).toBeCloseTo(1, 9);
    expect(directors(at(true), there)).toMatchObject({ mean: null, difference: null, reason: 'hidden_cells' });
    expect(shownComparison(at(true), there, ALL).tested.director).toBe(0);
  });
});
