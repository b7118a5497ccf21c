import { fieldPosition } from './csv-records.ts';
import type { CsvRecord, CsvSource } from './csv-records.ts';
import type { FaultList } from './faults.ts';

/** The index (from 0) of each column that the file has, by its name in small letters. */
export type Columns = ReadonlyMap<string, number>;

/**
 * Reads the header. Columns that are not in `known` and columns that are there twice are faults, by name.
 * @param spellings other ways to write a column (in small letters), each with the one in `known`
 */
export function readHeader(
  source: CsvSource,
  header: CsvRecord,
  known: readonly string[],
  faults: FaultList,
  spellings: ReadonlyMap<string, string> = new Map(),
): Map<string, number> {
  const columns = new Map<string, number>();
  header.fields.forEach((field, index) => {
    const written = field.trim().toLowerCase();
    const column = spellings.get(written) ?? written;
    const at = fieldPosition(source, header, index);
    if (!known.includes(column)) faults.add('column_unknown', at, { column: field.trim() });
    else if (columns.has(column)) faults.add('column_repeated', at, { column });
    else columns.set(column, index);
  });
  return columns;
}

/** True if the record has as many fields as the header; else a fault at the record's end or at the first one too many. */
export function hasAllFields(source: CsvSource, record: CsvRecord, expected: number, faults: FaultList): boolean {
  const found = record.fields.length;
  if (found === expected) return true;
  faults.add('field_count', () => fieldPosition(source, record, expected), { expected, found });
  return false;
}
