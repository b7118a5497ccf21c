import type { Command } from 'commander';
import * as instruments from '#lib/server/instruments/service.ts';
import { jsonLine, withStore, type Cli } from './context.ts';
import { Refused } from './refused.ts';

/** `publish-instrument KEY VERSION`: from now on the list can be used and never changes. */
export function addPublishInstrument(program: Command, cli: Cli): void {
  program
    .command('publish-instrument')
    .description('publish a draft: from then on it can be used, and it never changes')
    .argument('<key>')
    .argument('<version>')
    .option('--json', 'print {"key", "version", "status"}')
    .action(async (key: string, version: string, options: { json?: boolean }) => {
      await withStore(cli, async ({ db }) => {
        if (!(await instruments.find(db, key, version))) throw new Refused(`There is no list ${key}@${version}.`);
        await db.transaction().execute((trx) => instruments.publish(trx, { kind: 'operator' }, key, version));
      });
      await cli.out(options.json ? jsonLine({ key, version, status: 'published' }) : `Published ${key}@${version}.\n`);
    });
}
