import { rmSync } from 'node:fs';
import type { Command } from 'commander';
import * as backups from '#lib/server/backups/service.ts';
import { readConfig } from '#lib/server/config.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { DatabaseInUse, replaceDatabase, syncPath } from '#lib/server/db/replace.ts';
import { jsonLine, type Cli } from './context.ts';
import { Refused } from './failure.ts';
import { copyInput } from './files.ts';

/** `restore FILE`: puts a copy back in the place of the database, which is kept beside it. */
export function addRestore(program: Command, cli: Cli): void {
  program
    .command('restore')
    .description('put a copy back; stop the server first. Everybody has to sign in again')
    .argument('<file>', 'a copy that backup has made')
    .option('--json', 'print {"schema", "kept"}')
    .action(async (file: string, options: { json?: boolean }) => {
      const { databaseFile } = readConfig(cli.env);
      const stamp = new Date().toISOString().replace(/[:.]/g, '-');
      const copy = `${databaseFile}.restoring-${stamp}`;
      try {
        copyInput(file, copy);
        const schema = await prepare(copy, file);
        const kept = await replaceDatabase(databaseFile, copy, stamp);
        const where = kept === null ? '' : ` The earlier database is kept as ${kept}.`;
        await cli.out(options.json ? jsonLine({ schema, kept }) : `Restored ${file} (schema ${schema}).${where}\n`);
      } catch (cause) {
        if (!(cause instanceof DatabaseInUse)) throw cause;
        throw new Refused('A server or another command has the database open. Stop it first; nothing was changed.');
      } finally {
        for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
      }
    });
}

/**
 * Checks the copy, brings it up to date and ends its sessions.
 * @returns its schema
 * @throws Refused when it is not fit to be put back
 */
async function prepare(copy: string, file: string): Promise<string> {
  try {
    return await openAndPrepare(copy, file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'SQLITE_NOTADB') throw new Refused(`${file}: The file is no database of Drieluik.`);
    if (code === 'SQLITE_CORRUPT') throw new Refused(`${file}: The file is damaged.`);
    throw cause;
  }
}

async function openAndPrepare(copy: string, file: string): Promise<string> {
  const { db, close } = await openDatabase({ file: copy });
  try {
    const faults = await backups.restoreFaults(db);
    if (faults.length > 0) throw new Refused(faults.map((fault) => `${file}: ${fault}`).join('\n'));
    const schema = await migrate(db);
    await db.transaction().execute((trx) => backups.endSessions(trx, { kind: 'operator' }));
    return schema;
  } finally {
    await close();
    syncPath(copy);
  }
}
