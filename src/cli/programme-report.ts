import type { Command } from 'commander';
import type { Store } from '#lib/server/store.ts';
import * as programmes from '#lib/server/cohorts/programme-service.ts';
import { programmeReport, type ProgrammeReport } from '#lib/server/programmes/report-service.ts';
import { course } from '#lib/server/programmes/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { jsonLine, withExistingStore, type Cli } from './context.ts';
import { Refused } from './refused.ts';
import { counted } from './words.ts';

type Options = { programme: string; partnership?: string; json?: boolean };

const OPERATOR = { kind: 'operator' } as const;

/** `programme-report --programme NAME`: what a steering group reads, each cohort by itself. */
export function addProgrammeReport(program: Command, cli: Cli): void {
  program
    .command('programme-report')
    .description(
      "a programme's figures: response, change since the start, distances, clarity and look-back of each cohort",
    )
    .requiredOption('--programme <name>', 'the programme')
    .option('--partnership <name>', 'of this partnership, where more have one of that name')
    .option('--json', 'print the figures as one JSON object')
    .action(async ({ programme: name, partnership, json }: Options) => {
      const report = await withExistingStore(cli, async (store) => {
        const found = await course(store.readDb, OPERATOR, await programmeNamed(store, name, partnership), new Date());
        for (const { cohort } of found.cohorts) await reports.noteReading(store.db, OPERATOR, 'figures', cohort.id);
        return programmeReport(found);
      });
      await cli.out(json ? jsonLine(report) : table(report));
    });
}

async function programmeNamed(store: Store, name: string, partnership: string | undefined): Promise<string> {
  const named = await programmes.listNamed(store.readDb, name);
  const found = named.filter(({ partnershipName }) => partnership === undefined || partnershipName === partnership);
  const [only] = found;
  if (!only) throw new Refused(`There is no programme “${name}”${partnership ? ` of “${partnership}”` : ''}.`);
  if (found.length > 1) {
    const names = found.map(({ partnershipName }) => `“${partnershipName}”`).join(', ');
    throw new Refused(`More partnerships have a programme “${name}”: ${names}. Name one with --partnership.`);
  }
  return only.id;
}

/** The change of each cohort for the terminal; all else is in the JSON. */
function table({ programme, partnership, cohorts }: ProgrammeReport): string {
  const lines = cohorts.flatMap(({ cohort, rounds, change }) => [
    `${cohort} · ${rounds.map(({ round, schools }) => `${round} ${counted(schools, 'school')}`).join(', ')}`,
    ...change.map(({ view, competency, from, to, n, mean, ci_low, ci_high, reason }) => {
      const interval = ci_low === null || ci_high === null ? '' : ` [${signed(ci_low)}, ${signed(ci_high)}]`;
      const figure = mean === null ? (reason ?? '') : `${signed(mean)}${interval}`;
      return `  ${competency.padEnd(6)}${view.padEnd(10)}${from}–${to}  ${figure} (${n})`;
    }),
  ]);
  return [`${programme} · ${partnership}`, ...lines].map((line) => `${line}\n`).join('');
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}
