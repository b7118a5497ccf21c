import type { Command } from 'commander';
import * as reports from '#lib/server/reports/service.ts';
import type { Store } from '#lib/server/store.ts';
import { cohortTable } from './cohort-table.ts';
import { jsonLine, withExistingStore, type Cli } from './context.ts';
import { cohortNamed } from './options.ts';
import { Refused } from './refused.ts';

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
      const report = await withExistingStore(cli, async (store) => {
        const cohort = await cohortNamed(store, name);
        const at = await closedRound(store, cohort, round);
        if (from !== undefined && (await closedRound(store, cohort, from)).number >= at.number) {
          throw new Refused(`“${from}” is not before “${round}”.`);
        }
        const beside = other === undefined ? undefined : await otherCohort(store, cohort.id, other, round);
        for (const id of beside === undefined ? [cohort.id] : [cohort.id, beside]) {
          await reports.noteReading(store.db, OPERATOR, 'figures', id);
        }
        return reports.cohortReport(store.readDb, OPERATOR, cohort.id, round, {
          from,
          other: beside,
        });
      });
      await cli.out(json ? jsonLine(report) : cohortTable(report));
    });
}

async function closedRound(store: Store, { id, name }: { id: string; name: string }, round: string) {
  const found = (await reports.listClosed(store.readDb, OPERATOR, id)).find((one) => one.name === round);
  if (!found) throw new Refused(`Cohort “${name}” has no closed round “${round}”.`);
  return found;
}

async function otherCohort(store: Store, cohortId: string, name: string, round: string): Promise<string> {
  const other = await cohortNamed(store, name);
  if (other.id === cohortId) throw new Refused('That is the same cohort. Its change is asked with --from.');
  await closedRound(store, other, round);
  return other.id;
}
