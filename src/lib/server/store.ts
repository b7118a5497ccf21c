import type { Logger } from 'pino';
import { ConfigError, readConfig, type Config } from './config.ts';
import { databaseFault } from './db/faults.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase, type Db, type OpenDatabase } from './db/open.ts';
import { shippedInstrument } from './instruments/shipped.ts';
import * as instruments from './instruments/service.ts';
import { createLog } from './log.ts';
import * as templates from './programmes/templates-service.ts';
import * as reports from './reports/service.ts';

/** What everything else works on: the settings and the database, without accounts and mail. */
export type Store = {
  config: Config;
  log: Logger;
  db: Db;
  /** A second, read-only connection for reports and exports (rules.md, Code). */
  readDb: Db;
  /** The newest migration, for /healthz. */
  schema: string;
  close: () => Promise<void>;
};

export type StoreOptions = {
  /** As for `openDatabase`: a server answers nobody while it waits, a command has time. */
  busyTimeout?: number;
};

/**
 * Reads the configuration, opens and migrates the database, loads the shipped lists and templates and sums what closed before there
 * were sums.
 * @throws ConfigError naming the variable, also for a folder that cannot be written; the database's own error
 */
export async function openStore(
  env: Record<string, string | undefined>,
  { busyTimeout }: StoreOptions = {},
): Promise<Store> {
  const config = readConfig(env);
  const log = createLog(config.logLevel);
  const { main, schema } = await openForWriting(config, busyTimeout);
  main.journalTo(config.journalFile);
  await main.db.transaction().execute((trx) => instruments.ensureShipped(trx, shippedInstrument()));
  await main.db.transaction().execute((trx) => templates.ensureShipped(trx));
  await reports.sumOldRounds(main.db);
  const reader = await openDatabase({ file: config.databaseFile, readonly: true });
  return {
    config,
    log,
    db: main.db,
    readDb: reader.db,
    schema,
    close: async () => {
      await reader.close();
      await main.close();
    },
  };
}

async function openForWriting(
  { databaseFile, synchronous }: Config,
  busyTimeout: number | undefined,
): Promise<{ main: OpenDatabase; schema: string }> {
  let main: OpenDatabase | null = null;
  try {
    main = await openDatabase({ file: databaseFile, synchronous, busyTimeout });
    return { main, schema: await migrate(main.db) };
  } catch (cause) {
    await main?.close();
    if (!cannotWrite(cause)) throw cause;
    throw new ConfigError(`DATA_DIR: ${databaseFile} cannot be written (${cause.message})`);
  }
}

/** What is wrong with the folder, the file or the disk, and not with the program. */
function cannotWrite(cause: unknown): cause is Error {
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  const codes = ['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOSPC', 'SQLITE_CANTOPEN', 'SQLITE_NOTADB'];
  return databaseFault(cause) !== null || codes.includes(String(cause.code));
}
