import { describe, expect, it } from 'vitest';
import { faultLines } from './fault-lines.ts';

describe('the line of a fault', () => {
  it('names the column as the file does, with quotes, byte order mark and blank lines', () => {
    const text = '\ufeff\nschool;"naam";e-mail\n"De ""Wingerd""; zuid";Kees;\u{1f600};x';
    const row = '"De ""Wingerd""; zuid";Kees;\u{1f600};x';
    const at = (column: number) => faultLines(text, [{ line: 3, column }])[0];
    expect(at(1)).toEqual({ heading: 'school', row });
    expect(at(24)).toEqual({ heading: 'naam', row });
    expect(at(29)).toEqual({ heading: 'e-mail', row });
    expect(at(31), 'beyond the last heading').toEqual({ heading: null, row });
  });

  it('has no column in the heading itself, nor where there is no such line', () => {
    const text = 'school\tnaam\nA\tB';
    expect(faultLines(text, [{ line: 1, column: 8 }])).toEqual([{ heading: null, row: 'school\tnaam' }]);
    expect(faultLines('', [{ line: 1, column: 1 }])).toEqual([{ heading: null, row: '' }]);
  });
});
