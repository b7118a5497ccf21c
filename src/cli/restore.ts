import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import * as log from '#lib/server/backups/log-service.ts';
import * as replay from '#lib/server/backups/replay-service.ts';
import * as backups from '#lib/server/backups/service.ts';
import { readConfig } from '#lib/server/config.ts';
import { JournalDamaged, readJournal, type Journal } from '#lib/server/db/journal-file.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { openDatabase, type Db } from '#lib/server/db/open.ts';
import { DatabaseInUse, replaceDatabase, syncPath } from '#lib/server/db/replace.ts';
import * as retention from '#lib/server/retention/replay-service.ts';
import { jsonLine, type Cli } from './context.ts';
import { copyInput } from './files.ts';
import { Refused } from './refused.ts';

/** `restore FILE`: puts a copy back in the place of the database, which is kept beside it. */
export function addRestore(program: Command, cli: Cli): void {
  program
    .command('restore')
    .description('put a copy back; stop the server first. Everybody has to sign in again')
    .argument('<file>', 'a copy that backup has made')
    .option('--journal <file>', 'the journal of what ended since; else the one in DATA_DIR/backups')
    .option('--without-journal', 'put back without one: who was erased since and links that were withdrawn come back')
    .option('--json', 'print {"schema", "kept", "replayed", "carried"}')
    .action(async (file: string, options: Options) => {
      const { databaseFile, journalFile, secret } = readConfig(cli.env);
      const journal = options.withoutJournal ? null : findJournal(options.journal ?? journalFile);
      const stamp = new Date().toISOString().replace(/[:.]/g, '-');
      const copy = `${databaseFile}.restoring-${stamp}`;
      try {
        copyInput(file, copy);
        const { schema, replayed, carried } = await prepare(copy, file, { secret, journal, databaseFile });
        const kept = await replaceDatabase(databaseFile, copy, stamp);
        const where = kept === null ? '' : ` The earlier database is kept as ${kept}.`;
        if (options.journal !== undefined && !existsSync(journalFile)) keepJournal(options.journal, journalFile);
        const what = journal === null ? 'No journal was replayed.' : `Replayed ${replayed} lines of the journal.`;
        const text = `Restored ${file} (schema ${schema}). ${what} ${logText(carried)}${where}\n`;
        await cli.out(options.json ? jsonLine({ schema, kept, replayed, carried }) : text);
      } catch (cause) {
        if (!(cause instanceof DatabaseInUse)) throw cause;
        throw new Refused('A server or another command has the database open. Stop it first; nothing was changed.');
      } finally {
        for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
      }
    });
}

type Options = { json?: boolean; journal?: string; withoutJournal?: boolean };

type Replaying = { secret: string; journal: Journal | null; databaseFile: string };

/** `carried`: lines of the log that came along from the database that is replaced; null where it cannot be read. */
type Prepared = { schema: string; replayed: number; carried: number | null };

function logText(carried: number | null): string {
  if (carried === null) return 'The log of the earlier database cannot be read: lines newer than the copy are lost.';
  return `The log goes on with ${carried} lines that are newer than the copy.`;
}

/** @throws Refused where there is none, or it cannot be read: without it, what ended since the copy would come back */
function findJournal(file: string): Journal {
  const how = `Name another with --journal FILE, or say --without-journal: then people who were erased since the copy was made
come back, and so do links that were withdrawn. Nothing was changed.`;
  try {
    const journal = readJournal(file);
    if (journal !== null) return journal;
  } catch (cause) {
    if (!(cause instanceof JournalDamaged)) throw cause;
    throw new Refused(`${cause.message}\n${how}`);
  }
  throw new Refused(`There is no journal at ${file}.\n${how}`);
}

function keepJournal(file: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyInput(file, to);
}

/**
 * Checks the copy, brings it up to date, ends its sessions, takes the newer lines of the log along, with the choices of how
 * long things stay that they tell of, and does again what the journal says.
 * @throws Refused when it is not fit to be put back
 */
async function prepare(copy: string, file: string, replaying: Replaying): Promise<Prepared> {
  try {
    return await openAndPrepare(copy, file, replaying);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'SQLITE_NOTADB') throw new Refused(`${file}: The file is no database of Drieluik.`);
    if (code === 'SQLITE_CORRUPT') throw new Refused(`${file}: The file is damaged.`);
    throw cause;
  }
}

/** @returns null where the database that is replaced cannot be read, which is a reason to restore */
async function newerLines(databaseFile: string, copy: Db): Promise<log.LogLine[] | null> {
  if (!existsSync(databaseFile)) return [];
  try {
    const { db, close } = await openDatabase({ file: databaseFile, readonly: true });
    return await log.linesMissing(copy, db).finally(close);
  } catch {
    return null;
  }
}

async function openAndPrepare(
  copy: string,
  file: string,
  { secret, journal, databaseFile }: Replaying,
): Promise<Prepared> {
  const { db, close } = await openDatabase({ file: copy });
  try {
    const faults = await backups.restoreFaults(db);
    if (faults.length > 0) throw new Refused(faults.map((fault) => `${file}: ${fault}`).join('\n'));
    const schema = await migrate(db);
    if (journal !== null && !(await replay.isJournalOf(db, journal))) {
      throw new Refused(`${file}: The journal is that of another database. Name the right one with --journal FILE.`);
    }
    const actor = { kind: 'operator' } as const;
    const lines = await newerLines(databaseFile, db);
    const put = { copy: basename(file), journal: journal === null ? ('none' as const) : ('replayed' as const) };
    await db.transaction().execute(async (trx) => {
      await backups.takeUp(trx, actor, { ...put, lines: lines ?? [] });
      await retention.chooseAgain(trx, lines ?? []);
      if (journal !== null) await replay.replay(trx, actor, { secret, journal });
    });
    await backups.compact(db);
    return { schema, replayed: journal?.entries.length ?? 0, carried: lines?.length ?? null };
  } finally {
    await close();
    syncPath(copy);
  }
}
