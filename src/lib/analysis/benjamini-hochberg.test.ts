import { expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';

it('has no q where nothing could be tested', () => {
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([null, null])).toEqual([null, null]);
  expect(benjaminiHochberg([null, 0.04])).toEqual([null, 0.04]);
});
