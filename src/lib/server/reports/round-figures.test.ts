import { describe, expect, it } from 'vitest';
import { schoolFigures } from './figures.ts';
import { shownSums } from './round-figures.ts';
import { roundSums, type SumUnit } from './round-sums.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot } from './snapshot.ts';

/** A school in which the director gives 2, and the IB'er 4 where she took part. */
function unit(index: number, hasIb: boolean, aspects: number, director = `director ${index}`): SumUnit {
  const outline = outlineOf(aspects);
  const all = (score: number) => Array.from({ length: aspects }, () => score);
  const ratings = [...answers('director', 1, ...all(2)), ...(hasIb ? answers('ib', 2, ...all(4)) : [])];
  return {
    schoolRoundId: `round of ${index}`,
    school: `school ${index}`,
    ratee: `ib ${index}`,
    director,
    figures: schoolFigures(takeSnapshot(roundOf(outline, ratings)), outline),
  };
}

function shown(count: number, without: number, { operator = false, aspects = 6 } = {}) {
  const units = Array.from({ length: count }, (_, index) => unit(index, index >= without, aspects));
  const sums = shownSums(roundSums(units), new Map(), { seesSchools: false, operator });
  const competency = sums.gaps.find(({ pair }) => pair === 'ib_director');
  return { aspect: sums.aspects[0]?.gaps.ib_director, competency };
}

describe('means beside what the viewer knows of the own school', () => {
  const viewOf = (count: number, ownSchools: number) => {
    const sums = roundSums(Array.from({ length: count }, (_, index) => unit(index, true, 6)));
    const viewer = { seesSchools: false, operator: false, ownSchools };
    return shownSums(sums, new Map(), viewer).views.find(({ view }) => view === 'director');
  };

  it('need five others: of five the rest is what four gave, and four have no mean', () => {
    expect(viewOf(4, 0)?.mean).toBeNull();
    expect(viewOf(5, 0)?.mean).toBe(2);
    expect(viewOf(5, 1)).toMatchObject({ mean: null, schools: 5, reason: 'hidden_cells' });
    expect(viewOf(6, 1)?.mean).toBe(2);
  });
});

describe('a gap beside the means of its views', () => {
  it('is withheld where fewer than five schools are in one view only: their scores could be worked out', () => {
    const { aspect, competency } = shown(6, 1);
    expect(aspect).toMatchObject({ n: 5, mean: null, low: null, sd: null, reason: 'hidden_cells' });
    expect(competency).toMatchObject({ n: 5, mean: null, reason: 'hidden_cells' });
  });

  it('still counts at how many schools it is large, and has its size in half points to choose by', () => {
    expect(shown(6, 1).aspect).toMatchObject({ large: 5, size: 2 });
  });

  it('is shown over the same schools, where five are beyond it, and to the operator', () => {
    expect(shown(6, 0).aspect).toMatchObject({ n: 6, mean: 2 });
    expect(shown(12, 5).aspect).toMatchObject({ n: 7, mean: 2 });
    expect(shown(6, 1, { operator: true }).aspect).toMatchObject({ n: 5, mean: 2 });
  });

  it('is withheld where the five schools in one view only have one director', () => {
    const gapOf = (directorOfOthers: (index: number) => string) => {
      const units = Array.from({ length: 10 }, (_, index) =>
        unit(index, index >= 5, 6, index < 5 ? directorOfOthers(index) : undefined),
      );
      const sums = shownSums(roundSums(units), new Map(), { seesSchools: false, operator: false });
      return sums.aspects[0]?.gaps.ib_director;
    };
    expect(gapOf((index) => `director ${index}`)).toMatchObject({ n: 5, mean: 2 });
    expect(gapOf(() => 'the one director')).toMatchObject({ n: 5, mean: null, reason: 'hidden_cells' });
  });

  it('of a competency is shown above ten schools, where one decimal hides what one of them gave', () => {
    const { aspect, competency } = shown(12, 1);
    expect(aspect).toMatchObject({ n: 11, mean: null });
    expect(competency).toMatchObject({ n: 11, mean: 2 });
  });

  it('of a competency with few aspects, as a pulse has, is withheld at any number of schools, as that of one aspect is', () => {
    expect(shown(12, 1, { aspects: 4 }).competency).toMatchObject({ n: 11, mean: null, reason: 'hidden_cells' });
    expect(shown(12, 1, { aspects: 5 }).competency).toMatchObject({ n: 11, mean: 2 });
  });
});
