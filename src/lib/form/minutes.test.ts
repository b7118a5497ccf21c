import { expect, it } from 'vitest';
import { minutesFor } from './minutes.ts';

it.each([
  [1, 4, 5],
  [10, 4, 5],
  [30, 8, 10],
  [93, 15, 20],
])('a form of %i statements takes %i to %i minutes', (statements, least, most) =>
  expect(minutesFor(statements)).toEqual({ least, most }),
);
