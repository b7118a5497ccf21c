import type { Command } from 'commander';
import * as reports from '#lib/server/reports/service.ts';
import { DomainError } from '#lib/errors.ts';
import { cohortTable } from './cohort-table.ts';
import { jsonLine, withExistingApp, type Cli } from './context.ts';
import { Refused } from './failure.ts';
import { cohortNamed } from './options.ts';

type Options = { cohort: string; round: string; json?: boolean };

/** `cohort-report --cohort NAME --round T0`: the figures of a cohort in one round. */
export function addCohortReport(program: Command, cli: Cli): void {
  program
    .command('cohort-report')
    .description("a cohort's figures in one closed round: views, and how clear the aspects were")
    .requiredOption('--cohort <name>', 'the cohort')
    .requiredOption('--round <name>', 'the round, such as T0')
    .option('--json', 'print the figures as one JSON object')
    .action(async ({ cohort: name, round, json }: Options) => {
      const report = await withExistingApp(cli, async (app) => {
        const cohort = await cohortNamed(app, name);
        return reports.cohortReport(app.readDb, { kind: 'operator' }, cohort.id, round).catch((cause: unknown) => {
          if (!(cause instanceof DomainError && cause.code === 'not_found')) throw cause;
          throw new Refused(`Cohort “${name}” has no closed round “${round}”.`);
        });
      });
      await cli.out(json ? jsonLine(report) : cohortTable(report));
    });
}
