import type { Template } from '#lib/programme/schema.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as queries from './ambition-queries.ts';

export type { Ambition } from './ambition-queries.ts';

/** The ambitions of a programme, for services that have asked whether the reader may see it. */
export function ofProgramme(db: Db, programmeId: string): Promise<queries.Ambition[]> {
  return queries.listAmbitions(db, programmeId);
}

/** Gives a programme the ambitions of a template; one that has some already keeps them as they are. */
export async function adopt(trx: Db, programmeId: string, template: Template, locale: 'nl' | 'en'): Promise<void> {
  if ((await queries.listAmbitions(trx, programmeId)).length > 0) return;
  const ambitions = template.ambitions.map(({ title, list, aspects }, position) => ({
    ...{ id: newId(), programmeId, position, title: title[locale], listKey: list, aspects },
  }));
  await queries.insertAmbitions(trx, ambitions);
}
