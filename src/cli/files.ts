import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { syncPath } from '#lib/server/db/replace.ts';
import { Refused } from './refused.ts';

/** The content of a file that was named. @throws Refused when it cannot be read */
export function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Refused(`${file}: ${systemText(cause)}`);
  }
}

/** Copies a file that was named to a path that only its owner may read. @throws Refused when it cannot be read */
export function copyInput(file: string, to: string): void {
  try {
    copyFileSync(file, to);
  } catch (cause) {
    throw new Refused(`${file}: ${systemText(cause)}`);
  }
  chmodSync(to, 0o600);
}

/** @throws Refused when something is there already: nothing is ever overwritten */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Refused(`${file}: This file is there already. Choose another name.`);
}

/**
 * Looks before many files are written into a folder.
 * @throws Refused when it is not there, or holds a file of one of these names: all of those are named
 */
export function refuseTaken(folder: string, names: readonly string[]): void {
  if (!existsSync(folder)) throw new Refused(noFolder(folder));
  const taken = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (taken.length === 0) return;
  const lines = taken.map((path) => `${path}: This file is there already.`);
  throw new Refused([...lines, 'Nothing was written. Choose a folder without these files.'].join('\n'));
}

/**
 * Writes files whole, one after another, or none of them: where one fails those before it go again.
 * @throws Refused as `writeWhole`
 */
export async function writeAll(
  files: AsyncIterable<{ path: string; content: string | Uint8Array }>,
): Promise<string[]> {
  const written: string[] = [];
  try {
    for await (const { path, content } of files) {
      await writeWhole(path, (partial) => writePieces(partial, [content]));
      written.push(path);
    }
  } catch (cause) {
    for (const path of written) rmSync(path, { force: true });
    throw cause;
  }
  return written;
}

/**
 * Writes a file that only its owner may read, whole or not at all: under another name first. A command that is broken off
 * leaves nothing of it behind.
 * @param fill gets the path of an empty file and fills it
 * @throws Refused when it cannot be written, or something is there already
 */
export async function writeWhole(file: string, fill: (path: string) => Promise<void> | void): Promise<void> {
  refuseExisting(file);
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  // Before the file is there: a signal may come in between.
  const isDone = ifBrokenOff(() => rmSync(partial, { force: true }));
  try {
    open(partial, file);
    await fill(partial);
    syncPath(partial);
    renameSync(partial, file);
    syncPath(dirname(file));
  } finally {
    isDone();
    rmSync(partial, { force: true });
  }
}

/** @throws Refused in the name of `file`, which it stands in for */
function open(partial: string, file: string): void {
  try {
    closeSync(openSync(partial, 'wx', 0o600));
  } catch (cause) {
    throw new Refused(`${file}: ${existsSync(dirname(file)) ? systemText(cause) : noFolder(dirname(file))}`);
  }
}

/** Does this when somebody breaks the command off (Ctrl-C), which then ends as ever. @returns to be called afterwards */
function ifBrokenOff(undo: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = (signal: NodeJS.Signals) => {
    undo();
    isDone();
    process.kill(process.pid, signal);
  };
  const isDone = () => signals.forEach((signal) => process.off(signal, end));
  for (const signal of signals) process.on(signal, end);
  return isDone;
}

/** Fills a file with text or bytes, piece by piece as they come. */
export async function writePieces(
  path: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const handle = openSync(path, 'w');
  try {
    for await (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
      await breath(); // else a signal would be heard only at the end
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const noFolder = (folder: string) => `There is no folder ${folder}. Make it first, or choose another place.`;

/** What the operating system said, as a sentence. */
function systemText(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EISDIR') return 'This is a folder.';
  if (code === 'ENOTDIR') return 'Part of this path is a file, not a folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'There is no permission for this file.';
  return cause instanceof Error ? cause.message : String(cause);
}
