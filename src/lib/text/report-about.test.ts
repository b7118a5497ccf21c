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
  expect(classMeaning('contested', 'with', 3, 'nl')).toContain('De directeur en de leerkrachten');
  expect(classMeaning('contested', 'with', 1, 'nl')).toContain('De directeur en de leerkracht ');
  expect(classMeaning('blind_spot', 'with', 3, 'nl')).not.toMatch(/blind/);
});

it.each(['contested', 'blind_spot', 'hidden_strength', 'in_agreement'] as const)(
  '%s without the level is about what is left of the differences, in both languages',
  (aspectClass) => {
    expect(classMeaning(aspectClass, 'without', 3, 'nl')).toContain('Na aftrek van het algemene verschil');
    expect(classMeaning(aspectClass, 'without', 1, 'en')).toContain('Once the general difference is taken off');
  },
);

it('strength and growth are about the scores, with the level and without', () => {
  for (const aspectClass of ['shared_strength', 'shared_growth'] as const) {
    expect(classMeaning(aspectClass, 'without', 3, 'nl')).toBe(classMeaning(aspectClass, 'with', 3, 'nl'));
  }
});
