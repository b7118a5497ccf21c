import { describe, expect, it } from 'vitest';
import { detectableChange, detectableDifference } from './detectable.ts';

const group = (n: number, sd: number) => ({ n, mean: 3, sd });

describe('what can be detected at a size', () => {
  it('is 0.6 at twelve schools and twelve with a standard deviation of a half (measurement.md §8)', () => {
    // R: power.t.test(n = 12, sd = 0.5, power = 0.8)$delta is 0.5979; the sum of two t-quantiles differs by 0.001.
    expect(detectableDifference(group(12, 0.5), group(12, 0.5))).toBeCloseTo(0.598, 2);
  });

  it('is pooled over groups of unequal size and spread', () => {
    const even = detectableDifference(group(12, 0.5), group(12, 0.5)) ?? 0;
    expect(detectableDifference(group(24, 0.5), group(24, 0.5))).toBeLessThan(even);
    expect(detectableDifference(group(6, 0.5), group(18, 0.5))).toBeGreaterThan(even);
    expect(detectableDifference(group(12, 0), group(12, 0))).toBe(0);
  });

  it('of a change is smaller: the same schools stand on both sides', () => {
    expect(detectableChange(group(12, 0.5))).toBeCloseTo((2.20099 + 0.87553) * (0.5 / Math.sqrt(12)), 4);
  });

  it('is nothing below five schools a side', () => {
    expect(detectableDifference(group(4, 0.5), group(12, 0.5))).toBeNull();
    expect(detectableChange(group(4, 0.5))).toBeNull();
  });
});
