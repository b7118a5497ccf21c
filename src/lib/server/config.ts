import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { keepToOwner } from './keep-to-owner.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** An address, bare or as "Name <address>", on one line: it becomes a header. */
const SENDER = /^(?:[^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u;

/** At most a year: names and remarks go a year after a programme by default, and copies must not outlive that again. */
const KEPT = /^(?:off|([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]),([0-9]|[1-4]\d|5[0-2]),(\d|1[0-2]))$/;

const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, abort: true })
    .refine((value) => new URL(value).pathname === '/', 'must have no path')
    .optional(),
  PROXIES: z.coerce.number().int().min(0).max(9).default(0),
  DATA_DIR: z.string().min(1).default('./data'),
  SMTP_URL: z.string().refine(isMailServer, 'must be smtp://host:port or smtps://user:password@host:port').optional(),
  MAIL_FROM: z.string().regex(SENDER, 'must be an e-mail address, or: Name <address>').optional(),
  SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  // Of how many days, weeks and months the newest copy is kept. Never longer than a year, as names are by default.
  BACKUPS_KEPT: z
    .string()
    .regex(KEPT, 'must be days,weeks,months (at most 366,52,12, and one day or more), or off')
    .default('7,4,6'),
  // FULL: an acknowledged answer survives a power cut. NORMAL is for measuring what that costs (bench/save).
  SYNCHRONOUS: z.enum(['FULL', 'NORMAL']).default('FULL'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The mail server and whom mail is from; its address may hold a password. */
export type MailConfig = { url: string; from: string };

/** All settings of the server, checked once at start (interfaces.md, Environment). */
export type Config = {
  port: number;
  host: string;
  /** Scheme, host and port, without a slash at the end: the address in links and for same-origin checks. */
  publicUrl: string;
  /**
   * How many reverse proxies of one's own stand before the server, each of which adds the address that it saw to
   * X-Forwarded-For; 0 where that header may come from anybody, and is not read.
   */
  proxies: number;
  dataDir: string;
  databaseFile: string;
  /** Where scheduled backups go, and the journal of what ended beside them. */
  backupsFolder: string;
  journalFile: string;
  /** How many days, weeks and months have a copy that is kept; null: no copies by schedule. */
  backupsKept: { days: number; weeks: number; months: number } | null;
  secret: string;
  /** Null where mail is not set up: it then stays in the outbox. */
  mail: MailConfig | null;
  synchronous: 'FULL' | 'NORMAL';
  logLevel: string;
};

/** A setting has a value that the server cannot use; the message names the variable and never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * The configuration from environment variables; makes DATA_DIR and, where SECRET is not given, a secret of 256 bits
 * in it (file mode 600) on first use.
 * @throws ConfigError naming every variable with a wrong value
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const value = parsed.data;
  const dataDir = resolve(value.DATA_DIR);
  makeFolder(dataDir);
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: new URL(value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).origin,
    proxies: value.PROXIES,
    dataDir,
    databaseFile: resolve(dataDir, 'drieluik.sqlite'),
    backupsFolder: resolve(dataDir, 'backups'),
    journalFile: resolve(dataDir, 'backups', 'journal.jsonl'),
    backupsKept: backupsKept(value.BACKUPS_KEPT),
    secret: value.SECRET ?? storedSecret(dataDir),
    mail: mailConfig(value),
    synchronous: value.SYNCHRONOUS,
    logLevel: value.LOG_LEVEL,
  };
}

/** Whether browsers come by https: then cookies are for https only, and their names say so. */
export function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

function backupsKept(text: string): Config['backupsKept'] {
  const [days, weeks, months] = text.split(',').map(Number);
  if (days === undefined || weeks === undefined || months === undefined) return null;
  return { days, weeks, months };
}

/** One without the other sends nothing, which nobody would notice before the first invitation. */
function mailConfig({ SMTP_URL: url, MAIL_FROM: from }: z.infer<typeof environment>): MailConfig | null {
  if (url !== undefined && from !== undefined) return { url, from };
  if (url !== undefined) throw new ConfigError('MAIL_FROM: is needed beside SMTP_URL');
  if (from !== undefined) throw new ConfigError('SMTP_URL: is needed beside MAIL_FROM');
  return null;
}

function isMailServer(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '';
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ConfigError(`DATA_DIR: cannot be used (${cause instanceof Error ? cause.message : 'unknown error'})`);
  }
}

function storedSecret(dataDir: string): string {
  const file = resolve(dataDir, 'secret');
  try {
    if (!existsSync(file)) {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
      chmodSync(file, 0o600);
    }
    keepToOwner(file);
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length < 32) throw new ConfigError(`SECRET: ${file} is too short`);
    return secret;
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`DATA_DIR: cannot be used (${cause instanceof Error ? cause.message : 'unknown error'})`);
  }
}
