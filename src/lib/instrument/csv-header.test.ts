import { describe, expect, it } from 'vitest';
import { readHeader } from './csv-header.ts';
import { csvSource, forEachRecord } from './csv-records.ts';
import { FaultList } from './faults.ts';

function read(text: string): { columns: Map<string, number>; faults: FaultList } {
  const faults = new FaultList();
  const source = csvSource({ text, bytes: new TextEncoder().encode(text), hadByteOrderMark: false });
  let columns = new Map<string, number>();
  forEachRecord(source, faults, (header) => (columns = readHeader(source, header, ['school', 'naam'], faults)));
  return { columns, faults };
}

describe('a header', () => {
  it('of hundreds of thousands of columns is read like any other: the first are named, the rest is counted', () => {
    const { columns, faults } = read(`school;naan;naam${';onbekend'.repeat(200_000)}`);
    expect([...columns]).toEqual([
      ['school', 0],
      ['naam', 2],
    ]);
    expect(faults.total).toBe(200_001);
    expect(faults.kept.length).toBeLessThan(1_000);
    expect(faults.kept[1]).toMatchObject({ code: 'column_unknown', line: 1, column: 18 });
  }, 20_000);

  it('says which column is meant by a word that is nearly its name, and of a very long word that it is unknown', () => {
    const { faults } = read(`school;naan;${'naam'.repeat(10_000)}`);
    expect(faults.kept).toMatchObject([
      { code: 'column_misspelt', column: 8, params: { meant: 'naam' } },
      { code: 'column_unknown', column: 13 },
    ]);
  });
});
