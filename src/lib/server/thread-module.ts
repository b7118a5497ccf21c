import { createRequire } from 'node:module';

const resolve = createRequire(import.meta.url).resolve;

/** The source of a thread's module, as package.json names it (imports). */
export type ThreadSource = `#lib/server/${string}-worker.ts`;

/**
 * The file of a thread's module, which is named by its source: that source where this runs from the source too (tests, a
 * command of which nothing was built), and what vite.bin.config.ts made of it in whatever was built, which loads in a tenth
 * of the time. Both are found by the names of package.json (imports), from wherever what was built came to stand.
 * @throws Error where the file is not there
 */
export function threadModule(source: ThreadSource): string {
  return resolve(import.meta.env?.PROD ? source.replace(/^.*\/(.*)\.ts$/, '#bin/$1.js') : source);
}
