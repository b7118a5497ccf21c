import type { Fault, FaultCode } from '#lib/instrument/faults.ts';
import type { Role } from '#lib/instrument/types.ts';

/** The columns of a file of teams, one row a person; a file needs the first four. */
export const TEAM_COLUMNS = ['school', 'role', 'name', 'email', 'brin', 'ib'] as const;
export type TeamColumn = (typeof TEAM_COLUMNS)[number];
export const REQUIRED_COLUMNS: readonly TeamColumn[] = ['school', 'role', 'name', 'email'];

/** Each column as the templates write it. */
export const HEADINGS: Readonly<Record<'nl' | 'en', Record<TeamColumn, string>>> = {
  nl: { school: 'school', brin: 'brin', role: 'rol', name: 'naam', email: 'e-mail', ib: "ib'er" },
  en: { school: 'school', brin: 'brin', role: 'role', name: 'name', email: 'email', ib: 'ib' },
};

/** How else people write a column's name, in small letters. */
export const SPELLINGS: ReadonlyMap<string, TeamColumn> = new Map<string, TeamColumn>([
  ['schoolnaam', 'school'],
  ['naam school', 'school'],
  ['brin-code', 'brin'],
  ['brincode', 'brin'],
  ['brinnummer', 'brin'],
  ['rol', 'role'],
  ['functie', 'role'],
  ['naam', 'name'],
  ['e-mail', 'email'],
  ['e-mailadres', 'email'],
  ['emailadres', 'email'],
  ['mail', 'email'],
  ["ib'er", 'ib'],
  ['ib’er', 'ib'],
  ['iber', 'ib'],
]);

/** A role as it may be written, in small letters. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['ib', 'ib'],
  ["ib'er", 'ib'],
  ['iber', 'ib'],
  ['intern begeleider', 'ib'],
  ['director', 'director'],
  ['directeur', 'director'],
  ['directrice', 'director'],
  ['teacher', 'teacher'],
  ['leerkracht', 'teacher'],
  ['leraar', 'teacher'],
]);

/** The role that a word means; null for a word that means none. */
export function roleOf(word: string): Role | null {
  return ROLES.get(word.toLowerCase().replaceAll('’', "'")) ?? null;
}

/** Faults that are about one of our columns by its name; of the others `column` is what the file has written. */
const OF_COLUMN: ReadonlySet<FaultCode> = new Set<FaultCode>(['column_missing', 'column_repeated', 'field_empty']);

/** A fault of a file of teams, with columns called as the template in the reader's language calls them. */
export function withHeadings<F extends Pick<Fault, 'code' | 'params'>>(fault: F, locale: 'nl' | 'en'): F {
  const params = Object.entries(fault.params ?? {}).map(([name, word]) => {
    const isOurs = name === 'meant' || (name === 'column' && OF_COLUMN.has(fault.code));
    return [name, isOurs ? headingOf(String(word), locale) : word];
  });
  return fault.params === undefined ? fault : { ...fault, params: Object.fromEntries(params) };
}

function headingOf(word: string, locale: 'nl' | 'en'): string {
  const name = SPELLINGS.get(word) ?? word;
  const column = TEAM_COLUMNS.find((each) => each === name);
  return column === undefined ? name : HEADINGS[locale][column];
}
