import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyInThread } from '#lib/server/db/copy-in-thread.ts';
import { syncPath } from '#lib/server/db/replace.ts';
import { toRemove, type Copy, type Keep } from './rotation.ts';

/** The folder of scheduled copies: whole ones by name, and under another name while one is being made. */

const COPY = /^drieluik-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.sqlite$/;
/** What restoring kept of the database that it replaced (db/replace.ts). */
const REPLACED = /^drieluik\.sqlite\.before-restore-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-wal|-shm)?$/;
const PARTIAL = /^\.drieluik-.*\.partial(?:-journal|-wal|-shm)?$/;

export type KeptCopy = Copy & { bytes: number };

/** The copies that are there, newest first. A name is given only to what was checked. */
export function listCopies(folder: string): KeptCopy[] {
  return existing(folder, COPY)
    .map((copy) => ({ ...copy, bytes: statSync(join(folder, copy.name)).size }))
    .toSorted((one, other) => other.at.localeCompare(one.at));
}

/**
 * Makes a copy: under another name first, checked and on the disk before it gets its own. What was half written by a process
 * that died goes; a copy that is there is never touched.
 * @throws as `copyInThread`; the file system's own error
 */
export async function makeCopy(databaseFile: string, folder: string, now: Date): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder).filter((each) => PARTIAL.test(each))) rmSync(join(folder, name));
  const name = `drieluik-${now.toISOString().replaceAll(/[:.]/g, '-')}.sqlite`;
  const partial = join(folder, `.${name}.partial`);
  closeSync(openSync(partial, 'wx', 0o600));
  try {
    await copyInThread(databaseFile, partial);
    syncPath(partial);
    renameSync(partial, join(folder, name));
    syncPath(folder);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Removes what need not be kept any more, also databases that were replaced by restoring. @returns how many files */
export function removeOld(databaseFile: string, folder: string, keep: Keep, now: Date): number {
  const copies = toRemove(existing(folder, COPY), keep, now).map((name) => join(folder, name));
  const dataDir = dirname(databaseFile);
  // As if a copy were made just now: of what was replaced the last one need not stay.
  const replaced = [...existing(dataDir, REPLACED), { name: '', at: now.toISOString() }];
  const others = toRemove(replaced, { ...keep, weeks: 0, months: 0 }, now).map((name) => join(dataDir, name));
  for (const file of [...copies, ...others]) rmSync(file, { force: true });
  return copies.length + others.length;
}

function existing(folder: string, pattern: RegExp): Copy[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const [, hour, minute, second, milli] = pattern.exec(name) ?? [];
    return hour === undefined ? [] : [{ name, at: `${hour}:${minute}:${second}.${milli}Z` }];
  });
}
