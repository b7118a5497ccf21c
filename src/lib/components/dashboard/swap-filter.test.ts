import { expect, it } from 'vitest';
import { fits } from './swap-filter.ts';

const aspect = {
  code: 'C2.07',
  statement: "De IB'er vat de zorg\u00ADbespreking samen.",
  competency: 'Zorgbesprekingen leiden',
  competencyCode: 'C2',
  ...{ isBase: false, reading: 'check_meaning' as const, workForm: '' },
  why: '18% van de antwoorden kreeg ‘onduidelijk’, ook bij coördinatoren.',
};
const finds = (words: string, competency = '') => fits(aspect, { words, competency });

it('finds an aspect by words of its statement, code, competency or reason, in any order and writing', () => {
  for (const words of [
    '',
    'samen',
    'zorgbespreking',
    'c2.07',
    'leiden',
    'Onduidelijk',
    'coordinatoren',
    'SAMEN  vat ',
  ]) {
    expect(finds(words), words).toBe(true);
  }
  expect(finds('samen ouders')).toBe(false);
});

it('and only within the chosen competency', () => {
  expect(finds('samen', 'C2')).toBe(true);
  expect(finds('samen', 'C1')).toBe(false);
});
