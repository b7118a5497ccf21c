import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeFormula, unescapeFormula } from './formula.ts';

test.each(['=1+1', '+31', '-1', '@SUM', '\tx', '\rx'])(
  '%j would be run as a formula and gets an apostrophe',
  (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  },
);

test('other texts stay as they are', () => {
  for (const text of ['', 'De Wilg', "'s Gravenhage", '1=1', '–']) {
    expect(escapeFormula(text)).toBe(text);
    expect(unescapeFormula(text)).toBe(text);
  }
});

test('every text comes back as it was', () => {
  const parts = fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' '), { maxLength: 6 });
  fc.assert(
    fc.property(parts, (list) => {
      const text = list.join('');
      expect(unescapeFormula(escapeFormula(text))).toBe(text);
    }),
  );
});
