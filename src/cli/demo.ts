import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { DomainError } from '#lib/errors.ts';
import type { App } from '#lib/server/app.ts';
import { links, type DemoLinks } from '#lib/server/demo/links-service.ts';
import * as demo from '#lib/server/demo/service.ts';
import { jsonLine, withExistingStore, type Cli } from './context.ts';
import { Refused } from './refused.ts';
import { withApp } from './with-app.ts';

const OPERATOR = { kind: 'operator' } as const;

type LoadOptions = { json?: boolean; evenHere?: boolean; seed?: number };

/** `demo load` and `demo remove`: the demonstration cohorts. */
export function addDemo(program: Command, cli: Cli): void {
  const command = program.command('demo').description('the demonstration: four invented cohorts, marked on every page');
  command
    .command('load')
    .description('load it into a database without data, and print links to look around with')
    .option('--even-here', 'also where PUBLIC_URL is not an address of this machine')
    .option('--seed <number>', 'another draw of the same schools; without it the one that shows everything', parseSeed)
    .option('--json', 'print {"links": {director, ib, teachers, trainer, steering, admin, school}}')
    .action(async ({ json, evenHere = false, seed }: LoadOptions) => {
      const { isNew, made } = await withApp(cli, async (app) => ({
        isNew: await load(app, { evenHere, ...(seed === undefined ? {} : { seed }) }),
        made: await linksOf(app, evenHere),
      }));
      cli.err(isNew ? 'Loaded the demonstration.\n' : 'The demonstration was there already; these are new links.\n');
      cli.err(withoutLink(made));
      await cli.out(json ? jsonLine({ links: made }) : linkTable(made));
    });
  command
    .command('remove')
    .description('remove it, with whatever was added to its cohorts; nothing else')
    .option('--json', 'print {"removed": true} or {"removed": false}')
    .action(async ({ json }: { json?: boolean }) => {
      const removed = await withExistingStore(cli, ({ db }) => demo.remove(db, OPERATOR));
      cli.err(removed ? 'Removed the demonstration.\n' : 'There is no demonstration here: nothing was changed.\n');
      if (json) await cli.out(jsonLine({ removed }));
    });
}

async function load({ db, config }: App, options: Parameters<typeof demo.load>[3]): Promise<boolean> {
  try {
    return await demo.load(db, OPERATOR, config, options);
  } catch (cause) {
    if (cause instanceof DomainError && cause.code === 'demonstration_not_local') {
      throw new Refused(
        `PUBLIC_URL is ${config.publicUrl}, which others can reach. Add --even-here to load it all the same.`,
      );
    }
    throw cause;
  }
}

async function linksOf({ db, auth, config }: App, evenHere: boolean): Promise<DemoLinks> {
  try {
    return await links(db, OPERATOR, { auth, secret: config.secret, publicUrl: config.publicUrl }, { evenHere });
  } catch (cause) {
    if (!(cause instanceof DomainError && cause.code === 'not_found')) throw cause;
    throw new Refused(
      'The demonstration was changed: its open round has nobody left to fill in. Remove it and load it again.',
    );
  }
}

/** Why there is no link to an invented colleague; empty when there is one to each. */
function withoutLink({ trainer, admin }: DemoLinks): string {
  if (trainer === null) {
    return 'There are real cohorts here: no links for the invented trainer, steering group and administrator.\n';
  }
  return admin === null ? 'This Drieluik has an administrator of its own: no link for the invented one.\n' : '';
}

function linkTable({ director, ib, teachers, ...signIn }: DemoLinks): string {
  const rows: (readonly [string, string | null])[] = [
    ['Personal links, to a form of the open round:', ''],
    ['  director', director],
    ["  IB'er", ib],
    ...teachers.map((url, index) => [`  teacher ${index + 1}`, url] as const),
    ['Sign-in links, each for one time:', ''],
    ['  trainer', signIn.trainer],
    ["  IB'er with reports", signIn.school],
    ['  steering group', signIn.steering],
    ['  administrator', signIn.admin],
    ['A link to share, good until the next one is made:', signIn.registration === null ? null : ''],
    ['  registration', signIn.registration],
  ];
  return rows
    .filter(([, url]) => url !== null)
    .map(([what, url]) => `${url ? what.padEnd(22) + url : what}\n`)
    .join('');
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number.');
  return Number(text);
}
