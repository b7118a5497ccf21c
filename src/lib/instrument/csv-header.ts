import { distance } from 'fastest-levenshtein';
import { fieldPosition } from './csv-records.ts';
import type { CsvRecord, CsvSource } from './csv-records.ts';
import type { FaultList, Position } from './faults.ts';

/** The index (from 0) of each column that the file has, by its name in small letters. */
export type Columns = ReadonlyMap<string, number>;

/** Two letters in five may be wrong: "naan" is meant as "naam" and "emial" as "email", "klas" as none. */
const SLIPS = 0.4;
/** Of so many unknown columns it is looked up what was meant: as many as are told. A file may have a million. */
const LOOKED_UP = 50;
/** A word that is longer is near to no column's name. */
const LONGEST = 60;

/**
 * Reads the header. Columns that are not in `known` and columns that are there twice are faults, by name; where a name is
 * nearly that of a column that the file lacks, the fault says which was meant.
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
  const unknown: { written: string; at: () => Position }[] = [];
  header.fields.forEach((field, index) => {
    const written = field.trim().toLowerCase();
    const column = spellings.get(written) ?? written;
    const at = () => fieldPosition(source, header, index);
    if (!known.includes(column)) unknown.push({ written: field.trim(), at });
    else if (columns.has(column)) faults.add('column_repeated', at, { column });
    else columns.set(column, index);
  });
  const names = new Map([...known.map((name) => [name, name] as const), ...spellings]);
  for (const [nth, { written, at }] of unknown.entries()) {
    const isLookedUp = nth < LOOKED_UP && written.length <= LONGEST;
    const meant = isLookedUp ? nearest(written.toLowerCase(), names, columns) : null;
    if (meant === null) faults.add('column_unknown', at, { column: written });
    else faults.add('column_misspelt', at, { column: written, meant });
  }
  return columns;
}

/** The name that is nearest to a word, of the columns that the file lacks; null when none is near. */
function nearest(word: string, names: ReadonlyMap<string, string>, columns: Columns): string | null {
  const near = [...names]
    .filter(([, column]) => !columns.has(column))
    .map(([name]) => ({ name, slips: distance(word, name) }))
    .filter(({ name, slips }) => slips <= SLIPS * Math.max(word.length, name.length))
    .toSorted((one, other) => one.slips - other.slips);
  return near[0]?.name ?? null;
}

/** True if the record has as many fields as the header; else a fault at the record's end or at the first one too many. */
export function hasAllFields(source: CsvSource, record: CsvRecord, expected: number, faults: FaultList): boolean {
  const found = record.fields.length;
  if (found === expected) return true;
  faults.add('field_count', () => fieldPosition(source, record, expected), { expected, found });
  return false;
}
