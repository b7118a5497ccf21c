import { describe, expect, it } from 'vitest';
import { pageOrder } from './page-order.ts';

const codes = ['C1', 'C2', 'C3', 'C4'];

describe('the order of the pages', () => {
  it('holds every competency once, whatever the seed', () => {
    for (const seed of [0, 1, 7, 2 ** 31 - 1]) expect(pageOrder(codes, seed).toSorted()).toEqual(codes);
  });

  it('is the same for the same rater, also in a later version', () => {
    expect(pageOrder(codes, 20260901)).toEqual(pageOrder(codes, 20260901));
    expect([1, 2, 3].map((seed) => pageOrder(codes, seed).join(' '))).toMatchInlineSnapshot(`
      [
        "C4 C2 C1 C3",
        "C2 C4 C1 C3",
        "C2 C4 C1 C3",
      ]
    `);
  });

  it('brings each of the 24 orders about equally often', () => {
    const drawn = Map.groupBy(
      Array.from({ length: 24_000 }, (_, seed) => pageOrder(codes, seed).join()),
      (order) => order,
    );
    expect(drawn.size).toBe(24);
    for (const times of drawn.values()) expect(Math.abs(times.length - 1000)).toBeLessThan(160); // 5 standard deviations
  });

  it('does not change the list that it was given, and copes with one page and with none', () => {
    const given = Object.freeze([...codes]);
    pageOrder(given, 5);
    expect(pageOrder(['C1'], 9)).toEqual(['C1']);
    expect(pageOrder([], 9)).toEqual([]);
  });
});
