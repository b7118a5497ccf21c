import { hasAllFields, readHeader } from '#lib/instrument/csv-header.ts';
import type { Columns } from '#lib/instrument/csv-header.ts';
import { csvSource, fieldPosition, forEachRecord } from '#lib/instrument/csv-records.ts';
import type { CsvRecord, CsvSource } from '#lib/instrument/csv-records.ts';
import { FaultList } from '#lib/instrument/faults.ts';
import type { Position, Refusal } from '#lib/instrument/faults.ts';
import { openSource } from '#lib/instrument/source-text.ts';
import { LONG_FORM_COLUMNS, REQUIRED_COLUMNS } from './columns.ts';
import type { LongFormColumn, LongFormRow } from './columns.ts';
import { readRow } from './read-row.ts';
import { RowRegister } from './row-register.ts';

/** A file in which nothing is wrong by itself. `locate` says where a column's field of a row starts. */
export type LongForm = {
  ok: true;
  rows: LongFormRow[];
  locate: (row: LongFormRow, column: LongFormColumn) => Position;
};

/** More than any programme collects in years; it bounds the memory that one upload can take. */
export const LONG_FORM_LIMITS = { bytes: 64 * 1024 * 1024, rows: 500_000 };

/**
 * Reads and checks responses in the long form (interfaces.md): all rows, or a refusal that names every fault. Checked
 * is what the file says by itself; aspects, schools and rounds are compared with the database by the caller.
 */
export function readLongForm(input: string | Uint8Array, limits = LONG_FORM_LIMITS): LongForm | Refusal {
  const faults = new FaultList();
  const text = openSource(input, limits.bytes, faults);
  if (text === null) return faults.refusal();
  const source = csvSource(text);
  const reader = new RowReader(source, limits.rows, faults);
  forEachRecord(source, faults, (record) => reader.take(record));
  if (reader.count === 0 && faults.total === 0) faults.add('no_rows', { line: 1, column: 1 });
  if (faults.total > 0) return faults.refusal();
  return { ok: true, rows: reader.rows, locate: (row, column) => reader.position(row, column) };
}

/**
 * The rows whose aspect is not in `codes`, the aspects of the list that the file is imported for.
 * Null if there are none.
 */
export function unknownAspects({ rows, locate }: LongForm, codes: ReadonlySet<string>): Refusal | null {
  const faults = new FaultList();
  for (const row of rows) {
    if (codes.has(row.aspect)) continue;
    faults.add('aspect_unknown', () => locate(row, 'aspect'), { aspect: row.aspect });
  }
  return faults.total === 0 ? null : faults.refusal();
}

/** Takes the records of one file one by one: the first is the header. */
class RowReader {
  readonly rows: LongFormRow[] = [];
  /** Rows seen, right or wrong. */
  count = 0;
  private readonly source: CsvSource;
  private readonly maxRows: number;
  private readonly faults: FaultList;
  private readonly register: RowRegister;
  private readonly names = new Map<string, string>();
  private columns: Columns | null = null;
  private width = 0;
  private readable = true;

  constructor(source: CsvSource, maxRows: number, faults: FaultList) {
    this.source = source;
    this.maxRows = maxRows;
    this.faults = faults;
    this.register = new RowRegister((row, column) => this.position(row, column), faults);
  }

  take(record: CsvRecord): void {
    if (this.columns === null) {
      this.takeHeader(record);
      return;
    }
    this.count += 1;
    if (this.count === this.maxRows + 1) {
      this.faults.add('too_many_rows', { line: record.line, column: 1 }, { max: this.maxRows });
    }
    if (!this.readable || this.count > this.maxRows) return;
    if (!hasAllFields(this.source, record, this.width, this.faults)) return;
    const { columns } = this;
    const entry = readRow(
      (column) => record.fields[columns.get(column) ?? -1]?.trim() ?? '',
      (column) => () => this.position(record, column),
      this.faults,
    );
    if (entry === null) return;
    const row: LongFormRow = {
      ...entry,
      cohort: this.shared(entry.cohort),
      school: this.shared(entry.school),
      round: this.shared(entry.round),
      rater: this.shared(entry.rater),
      aspect: this.shared(entry.aspect),
      ratee: entry.ratee === null ? null : this.shared(entry.ratee),
      line: record.line,
      start: record.start,
    };
    if (this.register.add(row)) this.rows.push(row);
  }

  position(record: { line: number; start: number }, column: LongFormColumn): Position {
    return fieldPosition(this.source, record, this.columns?.get(column) ?? 0);
  }

  private takeHeader(record: CsvRecord): void {
    this.columns = readHeader(this.source, record, LONG_FORM_COLUMNS, this.faults);
    this.width = record.fields.length;
    for (const column of REQUIRED_COLUMNS) {
      if (this.columns.has(column)) continue;
      this.faults.add('column_missing', fieldPosition(this.source, record, 0), { column });
      this.readable = false; // each row would repeat the fault
    }
  }

  /** One copy of a name that comes back on thousands of rows. */
  private shared(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    this.names.set(name, name);
    return name;
  }
}
