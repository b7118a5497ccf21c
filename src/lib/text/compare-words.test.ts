import { describe, expect, it } from 'vitest';
import { differenceLane } from '#lib/charts/difference-figure.ts';
import { viewSentence } from './compare-words.ts';

/** A competency in the eyes of directors: the lane that is shown of these figures. */
function shown(title: string, difference: number | null, low: number | null = null, high: number | null = null) {
  const words = { count: '9 scholen', why: 'te weinig scholen', reason: 'too_few_schools' };
  return { title, lane: differenceLane('director', { difference, low, high }, words, 'nl') };
}
const change = (...rows: ReturnType<typeof shown>[]) => viewSentence('director', rows, null, 'nl');

describe('the sentence about a view', () => {
  it('goes by the limits as they are shown: at 0,0 it names no difference', () => {
    expect(change(shown('A', 0.3, 0.04, 0.56))).toContain('geen verandering die groter is dan de onzekerheid');
    expect(change(shown('A', 0.3, 0.05, 0.55))).toBe('In de ogen van de directeuren is er verandering bij ‘A’ (+0,3).');
  });

  it('names what every school has alike, which has no limits', () => {
    expect(change(shown('A', -0.5), shown('B', 0))).toBe(
      'In de ogen van de directeuren is er verandering bij ‘A’ (−0,5).',
    );
  });

  it('says why there is nothing to show', () => {
    expect(change(shown('A', null))).toContain('niets te laten zien (te weinig scholen)');
  });
});
