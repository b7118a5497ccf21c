import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines } from './csv-lines.ts';

describe('lines of CSV for programs', () => {
  it('have commas, decimal points, and nothing for null', () => {
    expect(
      csvLines([
        ['a', 'b', 'c'],
        ['De Wingerd', 2.5, null],
      ]),
    ).toBe('a,b,c\nDe Wingerd,2.5,\n');
  });

  it('put quotes around what needs them only', () => {
    const row = ['Jansen, "De" school', 'twee\nregels', 'cr\ralleen', "'=1+1", '; en spaties '];
    expect(csvLines([row])).toBe(`"Jansen, ""De"" school","twee\nregels","cr\ralleen",'=1+1,; en spaties \n`);
  });

  it('are read back as they were, whatever the texts', () => {
    const sign = fc.constantFrom('a', 'é', '👍', ',', ';', '"', '\n', '\r', ' ', "'", '\t', '\uFEFF', '\u2028');
    const text = fc.string({ unit: sign, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 10 }), (rows) => {
        const read = parse(csvLines([['a', 'b'], ...rows]), { record_delimiter: '\n' });
        expect(read.slice(1)).toEqual(rows);
      }),
    );
  });
});
