import type { Db } from '#lib/server/db/open.ts';
import { downloadName } from './file-name.ts';
import * as queries from './kept-queries.ts';
import { findFile } from './queries.ts';

export type { OwnFileRow, OwnHandInRow } from './kept-queries.ts';

/** Takes away what somebody handed in who is erased: words, files and the feedback on them. */
export async function erasePerson(trx: Db, personId: string): Promise<void> {
  await queries.deleteOfPerson(trx, personId);
}

/** The same for everybody of a cohort whose term is over; that something was handed in stays, without whose words or what. */
export async function clearCohort(trx: Db, cohortId: string): Promise<void> {
  await queries.deleteMailOfCohort(trx, cohortId);
  await queries.forgetOfCohort(trx, cohortId);
}

/** What somebody handed in, for the file of the own data: files by name, for they go beside it as they are. */
export function ownHandIns(db: Db, personId: string): Promise<queries.OwnHandInRow[]> {
  return queries.listOwn(db, personId);
}

/** The files that somebody handed in, for that person: each is downloaded by its assignment (`service.ts`, `ownFile`). */
export function ownFiles(db: Db, personId: string): Promise<queries.OwnFileRow[]> {
  return queries.listOwnFiles(db, personId);
}

/** The same with what is in them, one after another, under names that every system takes and no two have. */
export async function* ownFileBytes(db: Db, personId: string): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  for (const { handInId, name } of await namedFiles(db, personId)) {
    const file = await findFile(db, handInId);
    if (file) yield { name, bytes: file.bytes };
  }
}

/** Those names alone, in that order. */
export async function ownFileNames(db: Db, personId: string): Promise<string[]> {
  return (await namedFiles(db, personId)).map(({ name }) => name);
}

async function namedFiles(db: Db, personId: string): Promise<{ handInId: string; name: string }[]> {
  const files = await queries.listOwnFiles(db, personId);
  return files.map(({ handInId, name, kind }, at) => ({ handInId, name: `${at + 1}-${downloadName(name, kind)}` }));
}
