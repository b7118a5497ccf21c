import { parentPort, workerData } from 'node:worker_threads';
import { databaseFault } from './faults.ts';
import { openDatabase } from './open.ts';

/** The thread of copy-in-thread.ts: copies the database, looks whether the copy is whole, and posts what went wrong, or null. */

type Work = { database: string; copy: string };

/** What goes back: null when all is well; a code of ours, or what kind of error it was. */
export type CopyFault = string | null;

async function copy({ database, copy: file }: Work): Promise<CopyFault> {
  const source = await openDatabase({ file: database, readonly: true });
  try {
    source.raw.prepare('vacuum into ?').run(file);
  } finally {
    await source.close();
  }
  const made = await openDatabase({ file, readonly: true });
  try {
    return made.raw.pragma('integrity_check(1)', { simple: true }) === 'ok' ? null : 'copy_damaged';
  } finally {
    await made.close();
  }
}

try {
  parentPort?.postMessage(await copy(workerData));
} catch (cause) {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  parentPort?.postMessage(databaseFault(cause) ?? code);
}
