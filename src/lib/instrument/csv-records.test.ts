import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, test } from 'vitest';
import { csvSource, fieldPosition, forEachRecord } from './csv-records.ts';
import type { CsvRecord } from './csv-records.ts';
import { FaultList } from './faults.ts';
import { openSource, positions } from './source-text.ts';

function read(text: string) {
  const faults = new FaultList();
  const opened = openSource(text, 1_000_000, faults);
  if (opened === null) throw new Error('the test text is not text');
  const source = csvSource(opened);
  const records: CsvRecord[] = [];
  forEachRecord(source, faults, (record) => records.push(record));
  return { source, records, faults: faults.kept };
}

describe('records of a CSV file', () => {
  test('a semicolon is the delimiter when the first line has more of them than commas', () => {
    expect(read('a;b,c;d\n1;2;3').source.delimiter).toBe(';');
    expect(read('a,b;c,d\n1,2,3').source.delimiter).toBe(',');
    expect(read('one\n1;2').source.delimiter).toBe(',');
  });

  test('blank lines and rows of empty cells are passed over, and lines keep counting', () => {
    const { records } = read('a,b\n\n,\n  , \n1,2\n');
    expect(records.map(({ line, fields }) => [line, fields])).toEqual([
      [1, ['a', 'b']],
      [5, ['1', '2']],
    ]);
  });

  test('a line break inside quotes counts as a line', () => {
    const { source, records } = read('a,b\r\n"x\r\ny",é\r\n1,2');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(records[1] && fieldPosition(source, records[1], 1)).toEqual({ line: 3, column: 4 });
  });

  test('a field beyond the last is placed at the end of its record', () => {
    const { source, records } = read('a,b\n12,34\n');
    expect(records[1] && fieldPosition(source, records[1], 7)).toEqual({ line: 2, column: 6 });
  });

  test('a quote that is never closed is named where it opens, after the records before it', () => {
    const { records, faults } = read('a,b\n1,2\n3,"4\n5,6\n');
    expect(records).toHaveLength(2);
    expect(faults).toEqual([{ line: 3, column: 3, code: 'csv_quote_not_closed' }]);
  });

  test('text around quotes is named where its field starts', () => {
    expect(read('a,b\n1,"x"y\n').faults).toEqual([{ line: 2, column: 3, code: 'csv_quote_misplaced' }]);
    expect(read('a,b\n1,x"y"\n').faults).toEqual([{ line: 2, column: 3, code: 'csv_quote_misplaced' }]);
  });

  test('whatever is written, each field is found at the line and column where its text stands', () => {
    const part = fc.constantFrom('a', 'é', '👍', ',', ';', '"', '\n', ' ', '1');
    // A leading marker makes every field unique and not blank.
    const field = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const marked = rows.map((row, r) => row.map((text, c) => `#${r}.${c}:${text}`));
        const text = stringify(marked);
        const { source, records, faults } = read(`p,q,r\n${text}`);
        expect(faults).toEqual([]);
        expect(records.slice(1).map(({ fields }) => fields)).toEqual(marked);
        const whole = `p,q,r\n${text}`;
        const at = positions(whole);
        records.slice(1).forEach((record, r) => {
          record.fields.forEach((_, c) => {
            const marker = whole.indexOf(`#${r}.${c}:`);
            const quoted = whole[marker - 1] === '"';
            expect(fieldPosition(source, record, c)).toEqual(at(quoted ? marker - 1 : marker));
          });
        });
      }),
    );
  });
});
