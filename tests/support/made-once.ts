import { existsSync, linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

/**
 * Databases that a run of tests makes once and copies from then on: migrating and loading the demonstration for each
 * test took longer than the tests.
 */

declare module 'vitest' {
  interface ProvidedContext {
    madeOnce: string;
  }
}

/** The folder of a run (vite.config.ts, `globalSetup`). @returns what removes it */
export default function keepFolder({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'drieluik-made-once-'));
  provide('madeOnce', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * @param make the whole of the file. Two processes may make it at the same time: the first that is ready wins.
 * @returns the file's path
 */
export async function madeOnce(name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const file = join(inject('madeOnce'), name);
  if (existsSync(file)) return file;
  const own = `${file}.${process.pid}`;
  writeFileSync(own, await make());
  try {
    linkSync(own, file);
  } catch (cause) {
    if (!existsSync(file)) throw cause;
  }
  return file;
}
