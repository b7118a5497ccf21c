import { closeSync, openSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { keepToOwner } from '#lib/server/keep-to-owner.ts';
import { SteadySqliteDialect } from './dialect.ts';
import { journalOf } from './journal.ts';
import { requireNode } from './require-node.ts';
import type { DB } from './schema.ts';

/** Mode of a new database file; SQLite gives its log the same. It holds names, addresses and answers. */
const OWNER_ONLY = 0o600;

/**
 * What a connection keeps of the file, in KiB, beside what the system keeps of it anyway. The one for reading meets other
 * rows with every report and export, and finds them as fast with little; the driver's 16 MB each filled up in a large database.
 */
const CACHE = { reading: 2_000, writing: 8_000 };

/** The database or a transaction on it: the first argument of every query and service function. */
export type Db = Kysely<DB>;

export type OpenOptions = {
  /** Its path, or the bytes of one: those are opened in memory. */
  file: string | Buffer;
  /** A second connection for reports and exports, so that saving never waits for them. */
  readonly?: boolean;
  /** FULL: an acknowledged answer survives a power cut (rules.md, Code). NORMAL only to measure what that costs. */
  synchronous?: 'FULL' | 'NORMAL';
  /** How long a statement waits for another process's write, in milliseconds. The wait blocks this process. */
  busyTimeout?: number;
};

export type OpenDatabase = {
  db: Db;
  raw: BetterSqlite3.Database;
  /** From now on what ends is noted in this journal before it is committed (db/journal.ts). To be asked after migrating. */
  journalTo: (file: string) => void;
  close: () => Promise<void>;
};

/**
 * Opens the SQLite file with the pragmas that the product relies on. The only place that opens a database.
 * @throws Error when Node is too old for the driver, or the file cannot be opened
 */
export async function openDatabase({
  file,
  readonly = false,
  synchronous = 'FULL',
  busyTimeout = 5000,
}: OpenOptions): Promise<OpenDatabase> {
  requireNode();
  // Loaded only now: on an old Node the driver ends the process without a message.
  const { default: Database } = await import('better-sqlite3');
  if (!readonly && typeof file === 'string' && file !== ':memory:') {
    closeSync(openSync(file, 'a', OWNER_ONLY));
    keepToOwner(file);
  }
  const raw = new Database(file, { readonly });
  try {
    raw.pragma(`busy_timeout = ${busyTimeout}`);
    raw.pragma('foreign_keys = ON');
    if (!readonly) {
      raw.pragma('journal_mode = WAL');
      raw.pragma(`synchronous = ${synchronous}`);
      // What is deleted is overwritten: an erased name must not lie on in the file's free space.
      raw.pragma('secure_delete = ON');
    }
    raw.pragma(`cache_size = -${readonly ? CACHE.reading : CACHE.writing}`);
    raw.pragma('temp_store = MEMORY');
  } catch (cause) {
    raw.close(); // a file that is no database shows only now
    throw cause;
  }
  let note = () => {};
  const db = new Kysely<DB>({ dialect: new SteadySqliteDialect(raw, () => note()) });
  const close = async () => {
    await db.destroy();
    raw.close(); // a connection that was never asked anything is not closed by Kysely
  };
  const journalTo = (journal: string) => {
    note = journalOf(raw, journal);
  };
  return { db, raw, journalTo, close };
}
