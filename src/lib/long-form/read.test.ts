import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONG_FORM_LIMITS, readLongForm, unknownAspects } from './read.ts';

const header = 'cohort,school,round,role,rater,aspect,score,status,unclear';
const fixture = (name: string) => readFileSync(new URL(`../../../tests/fixtures/${name}`, import.meta.url));

function good(input: string | Uint8Array) {
  const read = readLongForm(input);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read;
}

/** The faults of rows below the usual header. */
function faultsOf(...rows: string[]) {
  const read = readLongForm([header, ...rows].join('\n'));
  return read.ok ? [] : read.faults;
}

describe('reading responses in the long form', () => {
  test('roles and statuses are read, also under their older names', () => {
    const { rows } = good(fixture('long-form.csv'));
    expect(rows.map(({ line, role, aspect, score, status, unclear }) => [line, role, aspect, score, status, unclear]))
      // prettier-ignore
      .toEqual([
        [2, 'director', 'A.1', 4, 'J', false],
        [3, 'director', 'A.2', null, 'C', true],
        [4, 'ib', 'A.1', 5, 'J', false],
        [5, 'ib', 'A.2', null, 'M', false],
        [6, 'teacher', 'A.1', 3, 'J', true],
        [7, 'teacher', 'A.2', null, 'C', false],
      ]);
    expect(rows[0]).toMatchObject({ cohort: 'Voorjaar', school: '12AB00', round: 'T0', ratee: null, comment: null });
  });

  test('a spreadsheet’s file is read: BOM, semicolons, CRLF, quotes, escaped formulas, a blank last row', () => {
    const { rows } = good(fixture('long-form-spreadsheet.csv'));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ school: 'De Wilg; locatie Zuid', ratee: 'i1', line: 2 });
    expect(rows[0]?.comment).toBe('Regel een\r\nregel twee');
    expect(rows[1]).toMatchObject({ line: 4, comment: '-) fijn gesprek' });
  });

  test('columns may stand in any order and their names in capitals', () => {
    const { rows } = good('Unclear,status,score,aspect,rater,role,round,school,cohort\n0,J,4,A.1,d1,director,T0,S,C\n');
    expect(rows[0]).toMatchObject({ cohort: 'C', school: 'S', aspect: 'A.1', score: 4 });
  });

  test('missing, unknown and repeated columns are refused by name, together', () => {
    const read = readLongForm('cohort,school,round,role,rater,aspect,score,status,rater,colour\nC,S,T0,x\n');
    expect(read).toEqual({
      ok: false,
      total: 3,
      faults: [
        { line: 1, column: 1, code: 'column_missing', params: { column: 'unclear' } },
        { line: 1, column: 52, code: 'column_repeated', params: { column: 'rater' } },
        { line: 1, column: 58, code: 'column_unknown', params: { column: 'colour' } },
      ],
    });
  });

  test('each wrong field is named where it starts', () => {
    expect(faultsOf('C,S,T0,parent,r1,A.1,6,J,2', ',S,later,ib,r2,A.1,,X,0')).toEqual([
      { line: 2, column: 8, code: 'role_unknown', params: { value: 'parent' } },
      { line: 2, column: 22, code: 'score_not_1_to_5', params: { value: '6' } },
      { line: 2, column: 26, code: 'unclear_not_0_or_1', params: { value: '2' } },
      { line: 3, column: 1, code: 'field_empty', params: { column: 'cohort' } },
      { line: 3, column: 4, code: 'round_malformed', params: { value: 'later' } },
      { line: 3, column: 21, code: 'status_unknown', params: { value: 'X' } },
    ]);
  });

  test('a score goes with J and only with J', () => {
    expect(faultsOf('C,S,T0,ib,r,A.1,,J,0', 'C,S,T0,ib,r,A.2,NA,J,0', 'C,S,T0,ib,r,A.3,3,C,0', 'C,S,T0,ib,r,A.4,3,M,0'))
      // prettier-ignore
      .toMatchObject([
        { line: 2, column: 17, code: 'score_missing' },
        { line: 3, column: 17, code: 'score_missing' },
        { line: 4, column: 17, code: 'score_without_judgement' },
        { line: 5, column: 17, code: 'score_without_judgement' },
      ]);
  });

  test('what was not answered cannot have been unclear', () => {
    expect(faultsOf('C,S,T0,ib,r,A.1,NA,M,1')).toEqual([{ line: 2, column: 22, code: 'unclear_without_answer' }]);
  });

  test('a row that comes twice names the first, whether it says the same or not', () => {
    expect(faultsOf('C,S,T0,ib,r,A.1,3,J,0', 'C,S,T0,ib,r,A.1,3,J,0', 'C,S,T0,self,r,A.1,4,J,0')).toEqual([
      { line: 3, column: 13, code: 'row_repeated', params: { first: 2 } },
      { line: 4, column: 15, code: 'row_differs', params: { first: 2 } },
    ]);
  });

  test('a rater has one role in a round, and the fault is named once', () => {
    expect(faultsOf('C,S,T0,ib,r,A.1,3,J,0', 'C,S,T0,teacher,r,A.1,3,J,0', 'C,S,T0,teacher,r,A.2,3,J,0')).toEqual([
      { line: 3, column: 8, code: 'rater_two_roles', params: { rater: 'r', role: 'ib', first: 2 } },
    ]);
  });

  test('a rater may have another role in another round, at another school or about another person', () => {
    const rows = ['C,S,T0,ib,r,i1', 'C,S,T1,teacher,r,i1', 'C,R,T0,teacher,r,i1', 'C,S,T0,teacher,r,i2'];
    const text = rows.map((row) => `${row},A.1,3,J,0`).join('\n');
    expect(good(`${header.replace('rater', 'rater,ratee')}\n${text}`).rows).toHaveLength(4);
  });

  test('a row with too few or too many fields is named', () => {
    expect(faultsOf('C,S,T0,ib,r,A.1,3,J', 'C,S,T0,ib,r,A.1,3,J,0,more')).toEqual([
      { line: 2, column: 20, code: 'field_count', params: { expected: 9, found: 8 } },
      { line: 3, column: 23, code: 'field_count', params: { expected: 9, found: 10 } },
    ]);
  });

  test('a header alone, an empty file, a binary file and another encoding are refused', () => {
    const codeOf = (input: string | Uint8Array) => {
      const read = readLongForm(input);
      return read.ok ? null : read.faults[0]?.code;
    };
    expect(codeOf(`${header}\n`)).toBe('no_rows');
    expect(codeOf('')).toBe('empty_file');
    expect(codeOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toBe('spreadsheet_file');
    expect(codeOf(Buffer.from(`${header}\nC,Caf\u00e9,T0,ib,r,A.1,3,J,0`, 'latin1'))).toBe('not_utf8');
  });

  test('more rows or bytes than the limit are refused', () => {
    const rows = Array.from({ length: 4 }, (_, i) => `C,S,T0,ib,r,A.${i},3,J,0`);
    const text = [header, ...rows].join('\n');
    expect(readLongForm(text, { ...LONG_FORM_LIMITS, rows: 3 })).toMatchObject({
      total: 1,
      faults: [{ line: 5, column: 1, code: 'too_many_rows', params: { max: 3 } }],
    });
    expect(readLongForm(text, { ...LONG_FORM_LIMITS, bytes: 100 })).toMatchObject({
      faults: [{ code: 'file_too_large' }],
    });
  });

  test('aspects that a list does not have are named where they stand', () => {
    const read = good(`${header}\nC,"S, Zuid",T0,ib,r,A.1,3,J,0\nC,"S, Zuid",T0,ib,r,Z.9,3,J,0\n`);
    expect(unknownAspects(read, new Set(['A.1', 'Z.9']))).toBeNull();
    expect(unknownAspects(read, new Set(['A.1']))).toEqual({
      ok: false,
      total: 1,
      faults: [{ line: 3, column: 21, code: 'aspect_unknown', params: { aspect: 'Z.9' } }],
    });
  });

  test('a hundred thousand rows are read and checked in a few seconds at most', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => {
      const rater = Math.floor(i / 93);
      return `C,S${Math.floor(rater / 10)},T0,teacher,r${rater},A.${i % 93},${(i % 5) + 1},J,0`;
    });
    const text = [header, ...rows].join('\n');
    const start = performance.now();
    expect(good(text).rows).toHaveLength(100_000);
    expect(performance.now() - start).toBeLessThan(5000); // about half a second on an idle core
  });

  test('a mangled file gives faults or rows, and never throws', () => {
    const text = fixture('long-form.csv').toString();
    const mangled = fc
      .tuple(fc.nat(text.length), fc.nat(30), fc.oneof(fc.string(), fc.constantFrom('"', ',', ';', '\n', '\r', '""')))
      .map(([at, cut, insert]) => text.slice(0, at) + insert + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' }), fc.uint8Array()), (input) => {
        const read = readLongForm(input);
        expect(read.ok ? read.rows.length : read.total).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
