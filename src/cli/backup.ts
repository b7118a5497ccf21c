import { statSync } from 'node:fs';
import type { Command } from 'commander';
import * as backups from '#lib/server/backups/service.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { existingDatabase, jsonLine, type Cli } from './context.ts';
import { writeWhole } from './files.ts';

/** `backup FILE`: a consistent copy while the server runs. */
export function addBackup(program: Command, cli: Cli): void {
  program
    .command('backup')
    .description('write a consistent copy of the database while the server runs')
    .argument('<file>', 'where to; it must not be there yet')
    .option('--json', 'print {"file", "bytes"}')
    .addHelpText('after', '\nThe file `secret` in DATA_DIR is not in the copy: keep it apart, personal links need it.')
    .action(async (file: string, options: { json?: boolean }) => {
      const { db, close } = await openDatabase({ file: existingDatabase(cli), readonly: true });
      try {
        await writeWhole(file, (path) => backups.copyInto(db, path));
      } finally {
        await close();
      }
      const { size: bytes } = statSync(file);
      await cli.out(options.json ? jsonLine({ file, bytes }) : `Wrote ${file} (${bytes} bytes).\n`);
    });
}
