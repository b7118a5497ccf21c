import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { databaseFault } from './faults.ts';
import { openDatabase } from './open.ts';

/** The database is open somewhere: it cannot be replaced now. */
export class DatabaseInUse extends Error {}

/**
 * Puts a complete, closed database file in the place of another in one step; the earlier one is kept beside it.
 * @param stamp goes into the name under which the earlier file is kept
 * @returns where the earlier file is now, or null when there was none
 * @throws DatabaseInUse when a server or another command has the earlier one open
 */
export async function replaceDatabase(file: string, replacement: string, stamp: string): Promise<string | null> {
  if (!existsSync(file)) {
    renameSync(replacement, file);
    syncPath(dirname(file));
    return null;
  }
  await settle(file);
  const kept = `${file}.before-restore-${stamp}`;
  // A damaged file may still have its log; beside another file it would be taken for that one's.
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  linkSync(file, kept);
  renameSync(replacement, file);
  syncPath(dirname(file));
  return kept;
}

/** Writes what was written to a file or folder through to the disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Brings the log into the file. SQLite allows that only to the last one who has it open, so it shows others too. */
async function settle(file: string): Promise<void> {
  const opened = await openDatabase({ file }).catch(ignoreDamage);
  if (!opened) return;
  try {
    opened.raw.pragma('busy_timeout = 500');
    opened.raw.pragma('journal_mode = DELETE');
  } catch (cause) {
    ignoreDamage(cause);
  } finally {
    await opened.close();
  }
}

/** Damage is a reason to restore, no hindrance. */
function ignoreDamage(cause: unknown): null {
  if (databaseFault(cause) === 'database_busy') throw new DatabaseInUse('the database is in use');
  return null;
}
