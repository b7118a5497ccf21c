import { existsSync } from 'node:fs';
import { readConfig } from '#lib/server/config.ts';
import { openStore, type Store } from '#lib/server/store.ts';
import { Refused } from './refused.ts';

/** What a command may use of the world around it: the process's own, or a test's. */
export type Cli = {
  env: Record<string, string | undefined>;
  /** Writes to stdout; resolves when it is ready for more. */
  out: (text: string) => Promise<void>;
  err: (text: string) => void;
};

/** Runs a command's work with the settings and the database, and closes it whatever happens. */
export async function withStore<T>(cli: Cli, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(cli.env);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * As `withStore`, for commands that make no sense without a database that is already there.
 * @throws Refused when there is none
 */
export async function withExistingStore<T>(cli: Cli, work: (store: Store) => Promise<T>): Promise<T> {
  existingDatabase(cli);
  return withStore(cli, work);
}

/** The path of the database. @throws Refused when there is none */
export function existingDatabase(cli: Cli): string {
  const { databaseFile } = readConfig(cli.env);
  if (!existsSync(databaseFile)) throw new Refused(`There is no database at ${databaseFile}. Is DATA_DIR right?`);
  return databaseFile;
}

/** One JSON value as a line. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
