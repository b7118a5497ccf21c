import { Option, type Command } from 'commander';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { jsonLine, withExistingStore, type Cli } from './context.ts';
import { cohortNamed } from './options.ts';
import { Refused } from './refused.ts';
import { reportTable } from './report-table.ts';

type Options = { cohort: string; school?: string; round?: string; viewer?: 'ib' | 'director'; json?: boolean };

const OPERATOR = { kind: 'operator' } as const;

/** `report --cohort NAME`: the figures of school reports, exactly as the pages show them. */
export function addReport(program: Command, cli: Cli): void {
  program
    .command('report')
    .description("the figures of a cohort's school reports, exactly as the pages show them")
    .requiredOption('--cohort <name>', 'the cohort')
    .option('--school <code>', 'only this school: its BRIN (12AB is 12AB00), or its name if it has none')
    .option('--round <name>', 'only this round, such as T0')
    .addOption(new Option('--viewer <role>', 'as this person sees them').choices(['ib', 'director']))
    .option('--json', 'one JSON object a line, for every school and round')
    .action(async ({ cohort: name, school, round, viewer, json }: Options) => {
      await withExistingStore(cli, async (store) => {
        const cohort = await cohortNamed(store, name);
        const wanted = { round, viewer, school: school === undefined ? undefined : cohorts.schoolOfCode(school).name };
        await reports.noteReading(store.db, OPERATOR, 'reports', cohort.id);
        let count = 0;
        for await (const line of reports.lines(store.readDb, OPERATOR, cohort.id, wanted)) {
          count += 1;
          await cli.out(json ? jsonLine(line) : reportTable(line));
        }
        if (count === 0) throw new Refused(nothing({ cohort: name, school, round }));
      });
    });
}

function nothing({ cohort, school, round }: Pick<Options, 'cohort' | 'school' | 'round'>): string {
  const where = [school && `school ${school}`, round && `round ${round}`].filter(Boolean).join(', ');
  return `Cohort “${cohort}” has no closed round${where ? ` with ${where}` : ''}.`;
}
