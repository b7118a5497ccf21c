import { readHeader } from './csv-header.ts';
import type { Columns } from './csv-header.ts';
import { fieldPosition } from './csv-records.ts';
import type { CsvRecord, CsvSource } from './csv-records.ts';
import type { FaultList, Position } from './faults.ts';
import { isReservedCode, isSafeCode, LIMITS } from './limits.ts';
import type { Localized } from './types.ts';

const CODES = ['competency', 'cluster', 'code'] as const;
const TEXTS = ['competency_title', 'cluster_title', 'text_other', 'text_self', 'explain'] as const;
type Code = (typeof CODES)[number];
type Text = (typeof TEXTS)[number];

/** The columns of the format, each text also with the suffix of a language. */
const KNOWN: readonly string[] = [...CODES, ...TEXTS.flatMap((name) => [name, `${name}_nl`, `${name}_en`])];

const MAX_LENGTH: Record<Text, number> = {
  competency_title: LIMITS.title,
  cluster_title: LIMITS.title,
  text_other: LIMITS.statement,
  text_self: LIMITS.statement,
  explain: LIMITS.explain,
};

/** One aspect and where it belongs. A field that has a fault may be blank or wrong: the file is refused then anyway. */
export type Row = Record<Code, string> & Record<Exclude<Text, 'explain'>, Localized> & { explain: Localized | null };

/** The columns of the file; a fault for each that is missing, unknown, there twice or mixed in its languages. */
export function readColumns(source: CsvSource, header: CsvRecord, faults: FaultList): Columns {
  const columns = readHeader(source, header, KNOWN, faults);
  const start = fieldPosition(source, header, 0);
  for (const code of CODES) if (!columns.has(code)) faults.add('column_missing', start, { column: code });
  for (const text of TEXTS) {
    const dutch = columns.has(`${text}_nl`);
    const english = columns.has(`${text}_en`);
    const plain = columns.get(text);
    if (plain !== undefined && (dutch || english)) {
      faults.add('column_language_mixed', fieldPosition(source, header, plain), { column: text });
    } else if (plain === undefined && !dutch && (english || text !== 'explain')) {
      faults.add('column_missing', start, { column: english ? `${text}_nl` : text });
    }
  }
  return columns;
}

/** True if rows can be read; without a column each of them would repeat the header's fault. */
export function isComplete(columns: Columns): boolean {
  const required = TEXTS.filter((text) => text !== 'explain');
  return (
    CODES.every((code) => columns.has(code)) && required.every((text) => columns.has(text) || columns.has(`${text}_nl`))
  );
}

/** Where a column's field starts in a row, for a fault; with languages it is the Dutch one. */
export type PlaceOf = (column: Code | Text) => () => Position;

export function placesIn(source: CsvSource, record: CsvRecord, columns: Columns): PlaceOf {
  return (column) => () => fieldPosition(source, record, columns.get(column) ?? columns.get(`${column}_nl`) ?? 0);
}

/** The row's fields; a fault for each that is blank, too long or not a code. */
export function readRow(source: CsvSource, record: CsvRecord, columns: Columns, faults: FaultList): Row {
  const field = (column: string, required: boolean, max: number): string => {
    const index = columns.get(column);
    if (index === undefined) return '';
    const value = (record.fields[index] ?? '').trim();
    const position = () => fieldPosition(source, record, index);
    if (value === '' && required) faults.add('field_empty', position, { column });
    if (value.length > max) faults.add('text_too_long', position, { max });
    return value;
  };
  const code = (column: Code): string => {
    const value = field(column, true, column === 'cluster' ? LIMITS.key : LIMITS.code);
    if (value !== '' && !isSafeCode(value)) faults.add('code_unsafe', placesIn(source, record, columns)(column));
    return value;
  };
  const text = (column: Text): Localized => {
    const required = column !== 'explain';
    const dutch = field(columns.has(column) ? column : `${column}_nl`, required, MAX_LENGTH[column]);
    const english = field(`${column}_en`, false, MAX_LENGTH[column]);
    if (column === 'explain' && dutch === '' && english !== '') {
      faults.add('field_empty', placesIn(source, record, columns)(column), { column: `${column}_nl` });
    }
    return { nl: dutch, en: english === '' ? dutch : english };
  };
  const explain = text('explain');
  const row: Row = {
    competency: code('competency'),
    cluster: code('cluster'),
    code: code('code'),
    competency_title: text('competency_title'),
    cluster_title: text('cluster_title'),
    text_other: text('text_other'),
    text_self: text('text_self'),
    explain: explain.nl === '' ? null : explain,
  };
  for (const column of ['competency', 'code'] as const) {
    if (isReservedCode(row[column])) faults.add('code_reserved', placesIn(source, record, columns)(column));
  }
  return row;
}
