import { z } from 'zod';
import type { Columns } from '#lib/instrument/csv-header.ts';
import { readHeader } from '#lib/instrument/csv-header.ts';
import type { CsvRecord, CsvSource } from '#lib/instrument/csv-records.ts';
import { csvSource, fieldPosition, forEachRecord } from '#lib/instrument/csv-records.ts';
import type { Position, Refusal } from '#lib/instrument/faults.ts';
import { FaultList } from '#lib/instrument/faults.ts';
import { openSource } from '#lib/instrument/source-text.ts';
import type { Role } from '#lib/instrument/types.ts';
import { isBrin, normalizeBrin } from '#lib/server/cohorts/service.ts';
import { unescapeFormula } from '#lib/long-form/formula.ts';
import { REQUIRED_COLUMNS, roleOf, SPELLINGS, TEAM_COLUMNS, type TeamColumn } from './team-file-columns.ts';

/** One person in one team, with the line (from 1) and the byte (from 0) at which the row starts. */
export type TeamRow = {
  school: string;
  /** As it is stored, with the site; null where the row has none. */
  brin: string | null;
  role: Role;
  name: string;
  /** In small letters; null for a teacher without one. */
  email: string | null;
  /** The IB'er whose team this is, by name or address; null where the row does not say. */
  ib: string | null;
  line: number;
  start: number;
};

/** What was read; `faults` has what is wrong with rows by themselves. */
export type TeamFile = {
  rows: TeamRow[];
  faults: FaultList;
  /** Schools (in small letters) of which a row is wrong: that a team seems to lack somebody may come from that. */
  spoiled: ReadonlySet<string>;
  /** Where a column's field of a row starts. */
  locate: (row: TeamRow, column: TeamColumn) => Position;
};

/** Five times what a large cohort has: it stops accidents. */
export const TEAM_FILE_LIMITS = { bytes: 1024 * 1024, rows: 500 };

const MAX_NAME = 200;
const address = z.email().max(254);
const START: Position = { line: 1, column: 1 };

/**
 * Reads and checks a file of teams, or cells that were pasted. Checked is what each row says by itself; rows beside each
 * other and beside the database are compared in team-plan.ts. A file that cannot be read as a whole is a refusal.
 */
export function readTeamFile(input: string | Uint8Array, limits = TEAM_FILE_LIMITS): TeamFile | Refusal {
  const faults = new FaultList();
  const opening = new FaultList();
  const text = openSource(input, limits.bytes, opening);
  for (const fault of opening.kept) {
    // Excel's plain "CSV" is Windows-1252: said in what to choose there, instead of the name of a coding.
    if (fault.code === 'not_utf8' || fault.code === 'not_text') faults.add('not_utf8_cells', fault);
    else faults.addFound(fault);
  }
  if (text === null) return faults.refusal();
  const source = csvSource(text);
  const reader = new TeamReader(source, limits.rows, faults);
  forEachRecord(source, faults, (record) => reader.take(record));
  if (reader.count === 0 && faults.total === 0) faults.add('no_rows', START);
  if (!reader.readable) return faults.refusal();
  const { rows, spoiled } = reader;
  return { rows, faults, spoiled, locate: (row, column) => reader.position(row, column) };
}

/** Takes the records of one file one by one: the first is the header. */
class TeamReader {
  readonly rows: TeamRow[] = [];
  /** Rows seen, right or wrong. */
  count = 0;
  readable = true;
  readonly spoiled = new Set<string>();
  private readonly source: CsvSource;
  private readonly maxRows: number;
  private readonly faults: FaultList;
  private columns: Columns | null = null;
  private width = 0;

  constructor(source: CsvSource, maxRows: number, faults: FaultList) {
    this.source = source;
    this.maxRows = maxRows;
    this.faults = faults;
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
    // A row may stop early, as a spreadsheet leaves it; beyond the last heading nothing has a meaning.
    if (record.fields.slice(this.width).some((field) => field.trim() !== '')) {
      this.faults.add('too_many_cells', fieldPosition(this.source, record, this.width));
      this.spoiled.add((record.fields[this.columns.get('school') ?? -1] ?? '').trim().toLowerCase());
      return;
    }
    const row = this.readRow(record);
    if (row !== null) this.rows.push(row);
  }

  position(record: { line: number; start: number }, column: TeamColumn): Position {
    return fieldPosition(this.source, record, this.columns?.get(column) ?? 0);
  }

  private takeHeader(record: CsvRecord): void {
    // Headings without a name at the end are empty columns of the spreadsheet.
    const width = record.fields.findLastIndex((field) => field.trim() !== '') + 1;
    const header = { ...record, fields: record.fields.slice(0, width) };
    this.columns = readHeader(this.source, header, TEAM_COLUMNS, this.faults, SPELLINGS);
    this.width = width;
    const misspelt = this.faults.kept.filter(({ code }) => code === 'column_misspelt');
    const meant = misspelt.map(({ params }) => String(params?.['meant'])).map((name) => SPELLINGS.get(name) ?? name);
    for (const column of REQUIRED_COLUMNS) {
      if (this.columns.has(column)) continue;
      this.readable = false; // each row would repeat the fault
      if (meant.includes(column)) continue;
      this.faults.add('column_missing', fieldPosition(this.source, record, 0), { column });
    }
  }

  private readRow(record: CsvRecord): TeamRow | null {
    const before = this.faults.total;
    const at = (column: TeamColumn) => () => this.position(record, column);
    const field = (column: TeamColumn) => {
      const text = unescapeFormula(record.fields[this.columns?.get(column) ?? -1]?.trim() ?? '');
      if (text.length > MAX_NAME) this.faults.add('text_too_long', at(column), { max: MAX_NAME });
      return text;
    };
    const filled = (column: TeamColumn) => {
      const text = field(column);
      if (text === '') this.faults.add('field_empty', at(column), { column });
      return text;
    };
    const school = filled('school');
    const brin = field('brin');
    if (brin !== '' && !isBrin(brin)) this.faults.add('brin_malformed', at('brin'), { value: brin });
    const roleWord = filled('role');
    const role = roleOf(roleWord);
    if (role === null && roleWord !== '') this.faults.add('team_role_unknown', at('role'), { value: roleWord });
    const name = filled('name');
    const email = field('email').toLowerCase();
    if (email === '' && role !== null && role !== 'teacher') this.faults.add('email_missing', at('email'));
    if (email !== '' && !address.safeParse(email).success) {
      this.faults.add('email_malformed', at('email'), { value: email });
    }
    const ib = field('ib') || null;
    if (this.faults.total > before || role === null) {
      this.spoiled.add(school.toLowerCase());
      return null;
    }
    const { line, start } = record;
    return {
      school,
      brin: brin === '' ? null : normalizeBrin(brin),
      role,
      name,
      email: email || null,
      ib,
      line,
      start,
    };
  }
}
