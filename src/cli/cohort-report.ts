import type { Command } from 'commander';
import * as reports from '#lib/server/reports/service.ts';
import type { App } from '#lib/server/app.ts';
import { cohortTable } from './cohort-table.ts';
import { jsonLine, withExistingApp, type Cli } from './context.ts';
import { Refused } from './failure.ts';
import { cohortNamed } from './options.ts';

type Options = { cohort: string; round: string; from?: string; other?: string; json?: boolean };

const OPERATOR = { kind: 'operator' } as const;

/** `cohort-report --cohort NAME --round T0`: the figures of a cohort in one round, its change and another cohort's beside. */
export function addCohortReport(program: Command, cli: Cli): void {
  program
    .command('cohort-report')
    .description("a cohort's figures in one closed round: views, how clear the aspects were, change and comparison")
    .requiredOption('--cohort <name>', 'the cohort')
    .requiredOption('--round <name>', 'the round, such as T0')
    .option('--from <name>', 'the change since this earlier round')
    .option('--other <name>', 'beside this cohort, in its round of the same name')
    .option('--json', 'print the figures as one JSON object')
    .action(async ({ cohort: name, round, from, other, json }: Options) => {
      const report = await withExistingApp(cli, async (app) => {
        const cohort = await cohortNamed(app, name);
        const at = await closedRound(app, cohort, round);
        if (from !== undefined && (await closedRound(app, cohort, from)).number >= at.number) {
          throw new Refused(`“${from}” is not before “${round}”.`);
        }
        const beside = other === undefined ? undefined : await otherCohort(app, cohort.id, other, round);
        for (const id of beside === undefined ? [cohort.id] : [cohort.id, beside]) {
          await reports.noteReading(app.db, OPERATOR, 'figures', id);
        }
        return reports.cohortReport(app.readDb, OPERATOR, cohort.id, round, {
          from,
          other: beside,
        });
      });
      await cli.out(json ? jsonLine(report) : cohortTable(report));
    });
}

async function closedRound(app: App, { id, name }: { id: string; name: string }, round: string) {
  const found = (await reports.listClosed(app.readDb, OPERATOR, id)).find((one) => one.name === round);
  if (!found) throw new Refused(`Cohort “${name}” has no closed round “${round}”.`);
  return found;
}

async function otherCohort(app: App, cohortId: string, name: string, round: string): Promise<string> {
  const other = await cohortNamed(app, name);
  if (other.id === cohortId) throw new Refused('That is the same cohort. Its change is asked with --from.');
  await closedRound(app, other, round);
  return other.id;
}
