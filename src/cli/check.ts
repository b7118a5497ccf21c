import type { Command } from 'commander';
import * as backups from '#lib/server/backups/service.ts';
import { newestMigration } from '#lib/server/db/migrate.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { existingDatabase, jsonLine, type Cli } from './context.ts';
import { Refused } from './refused.ts';

/** `check`: whether the database is whole. */
export function addCheck(program: Command, cli: Cli): void {
  program
    .command('check')
    .description('check the database: structure, references, schema, and figures for every closed round')
    .option('--json', 'print {"ok", "schema", "faults"}')
    .action(async ({ json }: { json?: boolean }) => {
      const { db, close } = await openDatabase({ file: existingDatabase(cli), readonly: true });
      try {
        const faults = await backups.faults(db);
        const ok = faults.length === 0;
        if (json) await cli.out(jsonLine({ ok, schema: newestMigration(), faults }));
        if (!ok) throw new Refused(faults.join('\n'));
        if (!json) await cli.out(`The database is in order (schema ${newestMigration()}).\n`);
      } finally {
        await close();
      }
    });
}
