import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROLES } from '#lib/instrument/types.ts';
import { readLongForm } from './read.ts';
import type { LongFormEntry } from './columns.ts';
import { longFormCells, longFormCsv } from './write.ts';

const entry: LongFormEntry = {
  cohort: 'Voorjaar',
  school: '=cmd()',
  round: 'T0',
  role: 'teacher',
  rater: '-1',
  aspect: 'A.1',
  status: 'J',
  score: 4,
  unclear: true,
  ratee: null,
  comment: '@home, "echt"\nwaar',
};

/** The whole of it. */
async function csvOf(...blocks: LongFormEntry[][]): Promise<string> {
  return (await Array.fromAsync(longFormCsv(blocks))).join('');
}

describe('writing responses in the long form', () => {
  test('texts that a spreadsheet would run get an apostrophe, numbers stay numbers', () => {
    expect(longFormCells(entry)).toEqual([
      'Voorjaar',
      "'=cmd()",
      'T0',
      'teacher',
      "'-1",
      'A.1',
      4,
      'J',
      1,
      null,
      '\'@home, "echt"\nwaar',
    ]);
  });

  test('the header comes first and an answer without a score has an empty field', async () => {
    const unseen: LongFormEntry = { ...entry, school: 'S', rater: 'r', score: null, status: 'C', comment: null };
    expect(await csvOf([unseen])).toBe(
      'cohort,school,round,role,rater,aspect,score,status,unclear,ratee,comment\n' +
        'Voorjaar,S,T0,teacher,r,A.1,,C,1,,\n',
    );
    expect(await csvOf()).toMatch(/^cohort,.*comment\n$/);
  });

  test('what is written is read back the same', async () => {
    const name = fc
      .array(fc.constantFrom('a', 'é', '👍', ',', ';', '"', '\n', '=', '-', '@', "'", '+', '\t', '\r'), {
        maxLength: 6,
      })
      .map((parts) => `${parts.join('')}x`)
      .filter((text) => text === text.trim());
    const answer = fc.oneof(
      fc.record({ status: fc.constant('J' as const), score: fc.integer({ min: 1, max: 5 }), unclear: fc.boolean() }),
      fc.record({ status: fc.constant('C' as const), score: fc.constant(null), unclear: fc.boolean() }),
      fc.record({ status: fc.constant('M' as const), score: fc.constant(null), unclear: fc.constant(false) }),
    );
    const row = fc.record({
      cohort: name,
      school: name,
      round: fc.constantFrom('T0', 'T1', 'T12'),
      role: fc.constantFrom(...ROLES),
      ratee: fc.option(name),
      comment: fc.option(name),
      answer,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const entries = rows.map(({ answer: given, ...rest }, i): LongFormEntry => {
          return { ...rest, ...given, rater: `r${i}`, aspect: `A.${i}` };
        });
        const read = readLongForm(await csvOf(entries));
        expect(read.ok && read.rows.map(({ line: _line, start: _start, ...back }) => back)).toEqual(entries);
      }),
    );
  });

  test('a long export comes a piece a block, of which an empty one is none, and reads back whole', async () => {
    const entries = Array.from({ length: 2500 }, (_, i): LongFormEntry => ({ ...entry, rater: `r${i}` }));
    const pieces = await Array.fromAsync(longFormCsv([entries.slice(0, 1000), [], entries.slice(1000)]));
    expect(pieces.length).toBe(3);
    const read = readLongForm(pieces.join(''));
    expect(read.ok && read.rows.length).toBe(2500);
  });
});
