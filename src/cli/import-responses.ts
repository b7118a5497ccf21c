import { Option, type Command } from 'commander';
import * as imports from '#lib/server/imports/service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { jsonLine, withStore, type Cli } from './context.ts';
import { fileRefused } from './failure.ts';
import { readInput } from './files.ts';
import { parseList } from './options.ts';
import { Refused } from './refused.ts';
import { counted } from './words.ts';

type Options = {
  instrument: { key: string; version: string };
  mode: 'protected' | 'open';
  create?: boolean;
  dryRun?: boolean;
  json?: boolean;
};

/** `import-responses FILE.csv`: responses in the long form, all or nothing. */
export function addImportResponses(program: Command, cli: Cli): void {
  program
    .command('import-responses')
    .description('import responses in the long form as closed rounds, all or nothing')
    .argument('<file>', 'CSV: cohort,school,round,role,rater,aspect,score,status,unclear[,ratee][,comment]')
    .requiredOption('--instrument <key@version>', 'the published list that the answers belong to', parseList)
    .addOption(
      new Option('--mode <mode>', 'what the teachers were promised; open also states that they agreed to it')
        .choices(['protected', 'open'])
        .default('protected'),
    )
    .option('--create', 'make cohorts, schools and rounds that are missing')
    .option('--dry-run', 'check everything and change nothing')
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, { instrument, mode, create = false, dryRun = false, json }: Options) => {
      const content = readInput(file);
      const done = await withStore(cli, async ({ db }) => {
        const name = `${instrument.key}@${instrument.version}`;
        if (!(await instruments.find(db, instrument.key, instrument.version))) {
          throw new Refused(`There is no list ${name}.`);
        }
        return imports.importResponses(db, { kind: 'operator' }, content, { instrument, mode, create, dryRun });
      });
      if (!done.ok) {
        const isMissing = done.faults.some(({ code }) => MISSING.has(code));
        throw fileRefused(file, done, isMissing && !create ? 'Add --create to make what is missing.' : undefined);
      }
      const { ok: _, ...counts } = done;
      await cli.out(json ? jsonLine(counts) : `${sentence(counts)}\n`);
    });
}

const MISSING: ReadonlySet<string> = new Set(['cohort_unknown', 'school_unknown', 'round_unknown']);

function sentence({ dryRun, cohorts, schools, rounds, responses, answers, unchanged }: Omit<imports.ImportDone, 'ok'>) {
  const made = [counted(cohorts, 'cohort'), counted(schools, 'school'), counted(rounds, 'round')].join(', ');
  const known = `${counted(unchanged, 'form')} ${unchanged === 1 ? 'was' : 'were'} there already`;
  const what = `${counted(responses, 'new form')} with ${counted(answers, 'answer')}; ${known}. New: ${made}.`;
  return dryRun ? `Nothing was changed. It would be: ${what}` : `Imported ${what}`;
}
