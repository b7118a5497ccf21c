import type { FaultList, Position } from '#lib/instrument/faults.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { LongFormColumn, LongFormEntry, LongFormStatus } from './columns.ts';
import { unescapeFormula } from './formula.ts';

/** The field of a column, without white space around it; empty if the file has no such column. */
export type Field = (column: LongFormColumn) => string;
export type At = (column: LongFormColumn) => () => Position;

/** Lengths in UTF-16 units. */
const MAX_NAME = 200;
const MAX_COMMENT = 4000;

const ROLE_OF = new Map<string, Role>([
  ['director', 'director'],
  ['ib', 'ib'],
  ['teacher', 'teacher'],
  ['self', 'ib'],
  ['teachers', 'teacher'],
]);

/** The row as an entry, or null with a fault for each field that is wrong. */
export function readRow(field: Field, at: At, faults: FaultList): LongFormEntry | null {
  const before = faults.total;
  const text = (column: LongFormColumn, max: number): string => {
    const value = unescapeFormula(field(column));
    if (value.length > max) faults.add('text_too_long', at(column), { max });
    return value;
  };
  const name = (column: LongFormColumn): string => {
    const value = text(column, MAX_NAME);
    if (value === '') faults.add('field_empty', at(column), { column });
    return value;
  };
  const status = readStatus(field('status'), at, faults);
  const entry = {
    cohort: name('cohort'),
    school: name('school'),
    round: name('round'),
    role: readRole(field('role'), at, faults),
    rater: name('rater'),
    aspect: name('aspect'),
    status,
    score: readScore(field('score'), status, at, faults),
    unclear: readUnclear(field('unclear'), status, at, faults),
    ratee: text('ratee', MAX_NAME) || null,
    comment: text('comment', MAX_COMMENT) || null,
  };
  if (entry.round !== '' && !/^T\d{1,3}$/.test(entry.round)) {
    faults.add('round_malformed', at('round'), { value: entry.round });
  }
  const { role, status: known } = entry;
  return faults.total === before && role !== null && known !== null ? { ...entry, role, status: known } : null;
}

function readRole(value: string, at: At, faults: FaultList): Role | null {
  const role = ROLE_OF.get(value);
  if (role !== undefined) return role;
  if (value === '') faults.add('field_empty', at('role'), { column: 'role' });
  else faults.add('role_unknown', at('role'), { value });
  return null;
}

function readStatus(value: string, at: At, faults: FaultList): LongFormStatus | null {
  if (value === 'J' || value === 'C' || value === 'M') return value;
  if (value === '') faults.add('field_empty', at('status'), { column: 'status' });
  else faults.add('status_unknown', at('status'), { value });
  return null;
}

function readScore(value: string, status: LongFormStatus | null, at: At, faults: FaultList): number | null {
  const absent = value === '' || value === 'NA';
  if (!absent && !/^[1-5]$/.test(value)) faults.add('score_not_1_to_5', at('score'), { value });
  else if (absent && status === 'J') faults.add('score_missing', at('score'));
  else if (!absent && (status === 'C' || status === 'M')) faults.add('score_without_judgement', at('score'));
  return absent ? null : Number(value);
}

function readUnclear(value: string, status: LongFormStatus | null, at: At, faults: FaultList): boolean {
  if (value === '') faults.add('field_empty', at('unclear'), { column: 'unclear' });
  else if (value !== '0' && value !== '1') faults.add('unclear_not_0_or_1', at('unclear'), { value });
  else if (value === '1' && status === 'M') faults.add('unclear_without_answer', at('unclear'));
  return value === '1';
}
