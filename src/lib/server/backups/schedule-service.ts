import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Config } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import { listCopies, makeCopy, removeOld, type KeptCopy } from './folder.ts';
import * as queries from './queries.ts';
import { longestKept, type Keep } from './rotation.ts';

export { longestKept } from './rotation.ts';

type Place = Pick<Config, 'databaseFile' | 'backupsFolder' | 'backupsKept'>;

/**
 * Makes a copy of the database and removes those that need not be kept any more; nothing where backups are off. The
 * write-ahead log is emptied on the occasion: it may hold pages from before an erasure during which somebody read.
 * @throws DomainError database_full and the like; then every copy that was there is there still
 */
export async function backUp(
  db: Db,
  { databaseFile, backupsFolder, backupsKept }: Place,
  now: Date,
): Promise<{ copies: number; removed: number }> {
  if (backupsKept === null) return { copies: 0, removed: 0 };
  await queries.emptyLog(db);
  await makeCopy(databaseFile, backupsFolder, now);
  return { copies: 1, removed: removeOld(databaseFile, backupsFolder, backupsKept, now) };
}

export type Overview = {
  /** Newest first; every one was checked before it got its name. */
  copies: KeptCopy[];
  /** Null where scheduled backups are off. */
  kept: (Keep & { longestDays: number }) | null;
};

/** The copies that there are, and how long they are kept. @throws DomainError forbidden */
export function overview(actor: Actor, { backupsFolder, backupsKept }: Place): Overview {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
  const kept = backupsKept === null ? null : { ...backupsKept, longestDays: longestKept(backupsKept) };
  return { copies: listCopies(backupsFolder), kept };
}
