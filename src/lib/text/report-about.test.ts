import { expect, it } from 'vitest';
import { classMeaning, markWords } from './report-about.ts';

const labels = ['(vrijwel) nooit', 'zelden', 'soms', 'meestal', '(vrijwel) altijd'];

it.each([
  [{ value: 2, text: '2' }, '2, zelden'],
  [{ value: 3.7, text: '3,7' }, '3,7, ongeveer meestal'],
  [{ value: null, text: 'luik dicht' }, 'luik dicht'],
])('%o is told in the words of the scale', (mark, words) => {
  expect(markWords(mark, labels, 'nl')).toBe(words);
});

it('a class is explained, and a sole teacher is spoken of as one', () => {
  expect(classMeaning('contested', 3, 'nl')).toContain('De directeur en de leerkrachten');
  expect(classMeaning('contested', 1, 'nl')).toContain('De directeur en de leerkracht ');
  expect(classMeaning('blind_spot', 3, 'nl')).not.toMatch(/blind/);
});
