import { randomInt } from 'node:crypto';
import { shuffler } from 'd3-array';

const STEPS = 2 ** 32;

/** Puts the items in an order that nobody can foretell or find back; returns the same array. */
export const shuffleInPlace = shuffler(() => randomInt(STEPS) / STEPS);
