import { expect, test } from 'vitest';
import ib180 from '#lib/instrument/ib-180.json' with { type: 'json' };
import { checkInstrument } from '#lib/instrument/problems.ts';
import { codebookCsv, codebookRows } from './codebook.ts';
import { LONG_FORM_COLUMNS } from './columns.ts';

const checked = checkInstrument(ib180);
if (!checked.ok) throw new Error('the shipped list has faults');
const { instrument } = checked;

test('the codebook explains every column, in the order of the file and in both languages', () => {
  for (const locale of ['nl', 'en'] as const) {
    const about = codebookRows(instrument, locale).filter(({ value }) => value === '');
    expect(about.map(({ variable }) => variable)).toEqual([...LONG_FORM_COLUMNS]);
    for (const { label } of about) expect(label).toMatch(/\w.*[.…]$/);
  }
});

test('it lists the values that the file can hold, with the words of the list', () => {
  const rows = codebookRows(instrument, 'nl');
  const valuesOf = (variable: string) => rows.filter((row) => row.variable === variable).map(({ value }) => value);
  expect(valuesOf('role')).toEqual(['', 'director', 'ib', 'teacher']);
  expect(valuesOf('score')).toEqual(['', '1', '2', '3', '4', '5']);
  expect(valuesOf('status')).toEqual(['', 'J', 'C', 'M']);
  expect(valuesOf('unclear')).toEqual(['', '0', '1']);
  expect(valuesOf('aspect')).toHaveLength(94);
  expect(rows.find(({ value }) => value === 'C1.01')).toEqual({
    variable: 'aspect',
    value: 'C1.01',
    label: ib180.competencies[0]?.clusters[0]?.aspects[0]?.other.nl,
    label_self: ib180.competencies[0]?.clusters[0]?.aspects[0]?.self.nl,
    competency: 'C1 Doelgericht communiceren',
    cluster: 'Contact maken',
  });
});

test('as CSV it has a header and one line for each row', () => {
  const lines = codebookCsv(instrument, 'en').trimEnd().split('\n');
  expect(lines[0]).toBe('variable,value,label,label_self,competency,cluster');
  expect(lines).toHaveLength(codebookRows(instrument, 'en').length + 1);
});
