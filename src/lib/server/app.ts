import type { Logger } from 'pino';
import { shippedInstrument } from './instruments/shipped.ts';
import { createAuth, mailedSignInLink, type Auth } from './auth/auth.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { databaseFault } from './db/faults.ts';
import { openDatabase, type Db, type OpenDatabase } from './db/open.ts';
import * as instruments from './instruments/service.ts';
import { createLog } from './log.ts';
import { MailSender } from './mail/sender.ts';
import { createSmtp } from './mail/smtp.ts';
import * as templates from './programmes/templates-service.ts';
import * as reports from './reports/service.ts';

/** What a running Drieluik holds: made once at start, by the server, the command line, tests and benches alike. */
export type App = {
  config: Config;
  log: Logger;
  db: Db;
  /** A second, read-only connection for reports and exports (rules.md, Code). */
  readDb: Db;
  auth: Auth;
  /** Sends what is in the outbox, once it is told to (`start`, `run`): by the server, not by the command line. */
  mail: MailSender;
  /** The newest migration, for /healthz. */
  schema: string;
  close: () => Promise<void>;
};

type StartOptions = {
  authPlugins?: Parameters<typeof createAuth>[2];
  /** As for `openDatabase`: a server answers nobody while it waits, a command has time. */
  busyTimeout?: number;
};

/**
 * Reads the configuration, opens and migrates the database, loads the shipped lists and templates and sums what closed before there
 * were sums.
 * @throws ConfigError naming the variable, also for a folder that cannot be written; the database's own error
 */
export async function startApp(
  env: Record<string, string | undefined>,
  { authPlugins = [], busyTimeout }: StartOptions = {},
): Promise<App> {
  const config = readConfig(env);
  const log = createLog(config.logLevel);
  const { main, schema } = await openForWriting(config, busyTimeout);
  main.journalTo(config.journalFile);
  await main.db.transaction().execute((trx) => instruments.ensureShipped(trx, shippedInstrument()));
  await main.db.transaction().execute((trx) => templates.ensureShipped(trx));
  await reports.sumOldRounds(main.db);
  const reader = await openDatabase({ file: config.databaseFile, readonly: true });
  const { secret, publicUrl } = config;
  const auth = createAuth(main.db, config, authPlugins);
  const mail = new MailSender({
    smtp: config.mail === null ? null : createSmtp(config.mail, publicUrl),
    writing: { db: main.db, secret, publicUrl, signInLink: (email) => mailedSignInLink(auth, publicUrl, email) },
    log,
  });
  return {
    config,
    log,
    db: main.db,
    readDb: reader.db,
    auth,
    mail,
    schema,
    close: async () => {
      await mail.stop();
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
