import type { Db } from '#lib/server/db/open.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import type { TestCohort } from './factories.ts';

export const HEADER = "school;brin;rol;naam;e-mail;ib'er";

/** A list of teams with these rows. */
export const list = (...rows: string[]) => [HEADER, ...rows].join('\n');

/** A school with its IB'er, director and two teachers, one of them without an address. */
export const WINGERD = [
  'De Wingerd;12AB;ib;Sanne Bakker;sanne@school.example;',
  'De Wingerd;;directeur;Joost van Dalen;joost@school.example;',
  'De Wingerd;;leerkracht;Fatima Aydin;fatima@school.example;',
  'De Wingerd;;leerkracht;Jan de Boer;;',
];

export const previewList = (db: Db, { id, trainer }: TestCohort, input: string | Uint8Array) =>
  imports.preview(db, trainer, id, input);

export const addList = (db: Db, { id, trainer, secret }: TestCohort, input: string | Uint8Array) =>
  imports.add(db, trainer, secret, id, input);

/** The faults of a refused list as `line:column code`. */
export async function faultsOfList(db: Db, cohort: TestCohort, input: string | Uint8Array): Promise<string[]> {
  const answer = await previewList(db, cohort, input);
  if (answer.ok) throw new Error('the list was not refused');
  return answer.faults.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** How many people, schools or series there are. */
export const countOf = async (db: Db, table: 'person' | 'school' | 'series') =>
  (await db.selectFrom(table).select('id').execute()).length;
