import { describe, expect, it } from 'vitest';
import { differenceLane, limitOf } from './difference-figure.ts';
import { differenceRowInPage } from './difference-svg.ts';
import { PAPER } from './paper-theme.ts';

const words = { count: '11 scholen', why: 'te weinig scholen', reason: 'too_few_schools' };
const row = (low: number | null, difference: number | null, high: number | null) => ({
  code: 'C1',
  title: 'Doelgericht communiceren',
  lanes: [differenceLane('teacher', { low, difference, high }, words, 'nl')],
});

describe('a figure of differences', () => {
  it('shows one decimal, with its sign, in the text and in the drawing', () => {
    expect(row(0.1234, 0.4567, 0.8).lanes[0]).toEqual({
      ...{ view: 'teacher', count: '11 scholen', value: 0.5, text: '+0,5' },
      interval: { low: 0.1, high: 0.8, text: '+0,1 tot +0,8' },
    });
    expect(differenceRowInPage(row(0.1234, 0.4567, 0.8), { limit: 1 }, PAPER)).not.toMatch(/1234|4567/);
  });

  it('says why there is none, and draws no mark at nothing', () => {
    expect(row(null, null, null).lanes[0]).toMatchObject({ value: null, text: 'te weinig scholen' });
    expect(differenceRowInPage(row(null, null, null), { limit: 1 }, PAPER)).not.toContain('#mark');
    expect(differenceRowInPage(row(null, 0, null), { limit: 1 }, PAPER)).toContain('#mark-teacher');
  });

  it('is as wide as its widest interval, in half points', () => {
    expect(limitOf([row(0, 0.2, 0.4)])).toBe(1);
    expect(limitOf([row(-1.7, -0.9, 0), row(0, 0.2, 0.4)])).toBe(2);
    expect(limitOf([])).toBe(1);
  });
});
