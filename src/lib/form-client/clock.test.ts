import { expect, it } from 'vitest';
import { offsetBetween } from './clock.ts';

it.each([
  ['is right when it can be', 1050, 1000, 1100, 0],
  ['is right at the very bounds', 1000, 1000, 1000, 0],
  ['is moved forward no further than it must be', 5000, 1000, 1100, 3900],
  ['is moved back no further than it must be', 200, 1000, 1100, -800],
])('a device’s clock %s', (_, serverTime, asked, answered, expected) => {
  expect(offsetBetween(serverTime, asked, answered)).toBe(expected);
});
