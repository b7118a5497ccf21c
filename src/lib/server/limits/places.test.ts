import { expect, it } from 'vitest';
import { Places } from './places.ts';

it('gives each so many at a time; a place that is given back is there once more, and once only', () => {
  const places = new Places(2);
  const first = places.take('a');
  places.take('a');
  const refused = expect.objectContaining({ code: 'too_many_attempts' });
  expect(() => places.take('a')).toThrow(refused);
  places.take('b');
  first();
  first();
  places.take('a');
  expect(() => places.take('a')).toThrow(refused);
});

it('gives all of them together no more than so many', () => {
  const places = new Places(2, 3);
  const first = places.take('a');
  for (const subject of ['a', 'b']) places.take(subject);
  expect(() => places.take('c')).toThrow(expect.objectContaining({ code: 'too_many_attempts' }));
  first();
  places.take('c');
});
