import { describe, expect, it } from 'vitest';
import { cohortLane } from './cohort-figure.ts';
import { cohortRowInPage, cohortRowSvg } from './cohort-svg.ts';
import { heatCells, numberOf } from './heat-figure.ts';
import { PAPER } from './paper-theme.ts';

const shown = (mean: number | null, low: number | null = null, high: number | null = null) => ({
  n: 12,
  mean,
  low,
  high,
});

describe('a lane of a cohort', () => {
  it('holds what is shown, rounded as its words are', () => {
    expect(cohortLane('ib', shown(3.8461, 3.61, 4.08), [3.3333], 'nl')).toEqual({
      ...{ view: 'ib', n: 12, count: '12 scholen', value: 3.8, text: '3,8', dots: [3.3] },
      interval: { low: 3.6, high: 4.1, text: '3,6 tot 4,1' },
    });
  });

  it('reaches no further than the scale', () => {
    expect(cohortLane('ib', shown(4.9, 4.6, 5.2), [], 'nl')).toMatchObject({
      interval: { high: 5, text: '4,6 tot 5,0' },
    });
  });

  it('that is withheld has its reason in words, and no value, interval or dot', () => {
    const lane = cohortLane('teacher', { ...shown(null), reason: 'too_few_schools' }, [3, 4], 'nl');
    expect(lane).toEqual({
      ...{ view: 'teacher', n: 12, count: '12 scholen' },
      ...{ value: null, reason: 'too_few_schools', text: 'te weinig scholen' },
    });
  });
});

describe('the drawing of a cohort’s row', () => {
  const row = {
    ...{ code: 'C1', title: 'A' },
    lanes: [
      cohortLane('director', { ...shown(null), reason: 'too_few_schools' as const }, [], 'nl'),
      cohortLane('ib', shown(3, 2.5, 3.5), [2, 4], 'nl'),
      cohortLane('teacher', shown(4), [], 'nl'),
    ],
  };

  it('has a mark a view that is shown, a line an interval and a dot a school', () => {
    const svg = cohortRowInPage(row, PAPER);
    expect(svg.match(/#mark-/g)).toHaveLength(2);
    expect(svg).not.toContain('#mark-director');
    expect(svg.match(/class="dot"/g)).toHaveLength(2);
    expect(svg).toContain('x1="40%" x2="60%"');
    const same = { ...row, lanes: [cohortLane('ib', shown(3), [2, 2, 2, 2, 4], 'nl')] };
    expect([...cohortRowInPage(same, PAPER).matchAll(/ r="([\d.]+)"/g)].map(([, r]) => r)).toEqual(['7', '3.5']);
  });

  it('is the same in a file, where it has lengths', () => {
    const svg = cohortRowSvg(row, { width: 500, height: 90, marks: 1 }, PAPER);
    expect(svg).toContain('x1="200" x2="300"');
    expect(svg.match(/<circle/g)).toHaveLength(3); // two dots, and the mark of the teachers
  });
});

describe('a cell of the heatmap', () => {
  const tint = (mean: number) => heatCells({ director: shown(mean), ib: shown(null), teacher: shown(null) }, 'nl')[0];

  it('has the tint of what it says: by the rounded mean', () => {
    expect([2.74, 2.75, 3.2, 3.7, 4.24, 4.25].map((mean) => tint(mean)?.tint)).toEqual([1, 2, 2, 3, 4, 5]);
    expect(tint(2.75)?.text).toBe('2,8');
  });

  it('without a mean is a dot, or a dash where the role need not see it, never a zero', () => {
    const invisible = { ...shown(null), reason: 'not_visible_for_role' as const };
    const [, ib, teacher] = heatCells({ director: shown(3), ib: shown(null), teacher: invisible }, 'nl');
    expect(ib).toMatchObject({ tint: 0, sign: '·', text: 'te weinig scholen' });
    expect(teacher).toMatchObject({ tint: 0, sign: '–', text: 'niet in deze rol' });
  });
});

it('an aspect is numbered by what its code ends in, or by the whole code', () => {
  expect(['C1.04', 'K.2.7', 'A'].map(numberOf)).toEqual(['04', '7', 'A']);
});
