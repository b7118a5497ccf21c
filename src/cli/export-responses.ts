import { basename, dirname, extname, join } from 'node:path';
import { Option, type Command } from 'commander';
import * as exports from '#lib/server/exports/service.ts';
import { withExistingApp, type Cli } from './context.ts';
import { refuseExisting, writePieces, writeWhole } from './files.ts';
import { cohortNamed } from './options.ts';

type Options = { cohort: string; out?: string; format: 'csv' | 'xlsx' };

/** `export-responses --cohort NAME`: rater-level answers, for the controller only. */
export function addExportResponses(program: Command, cli: Cli): void {
  const command = program
    .command('export-responses')
    .description('export the answers of closed rounds a rater at a time: for the controller only, and logged')
    .requiredOption('--cohort <name>', 'the cohort')
    .option('--out <file>', 'write to a file that is not there yet, instead of to the terminal')
    .addOption(new Option('--format <format>', 'the kind of file').choices(['csv', 'xlsx']).default('csv'))
    .addHelpText(
      'after',
      '\nRaters get pseudonyms that are random per school and round, and forms are shuffled. A CSV file gets its' +
        '\ncodebook beside it (FILE.codebook.csv), an XLSX file has it as its second sheet. Without --out there is no' +
        '\ncodebook.',
    );
  command.action(async ({ cohort: name, out, format }: Options) => {
    if (format === 'xlsx' && out === undefined) command.error('error: --format xlsx needs --out FILE');
    await withExistingApp(cli, async (app) => {
      const cohort = await cohortNamed(app, name);
      if (out !== undefined) refuseExisting(out);
      const found = await exports.exportResponses(app.db, app.readDb, { kind: 'operator' }, cohort);
      if (out === undefined) {
        for (const piece of exports.responsesCsv(found.entries)) await cli.out(piece);
      } else if (format === 'xlsx') {
        const workbook = await exports.workbookOf(found.entries, found.instruments);
        await writeWhole(out, (path) => writePieces(path, [workbook]));
      } else {
        for (const { file, csv } of codebookFiles(out, found)) {
          await writeWhole(file, (path) => writePieces(path, [csv]));
        }
        await writeWhole(out, (path) => writePieces(path, exports.responsesCsv(found.entries)));
      }
      if (found.leftOut > 0) cli.err(`Left out: ${found.leftOut} forms of teachers, for want of consent.\n`);
    });
  });
}

/** `answers.csv` gets `answers.codebook.csv`, or one for each list when there are more. */
function codebookFiles(out: string, { instruments }: exports.ResponseExport): { file: string; csv: string }[] {
  const books = exports.codebooksOf(instruments);
  const stem = join(dirname(out), basename(out, extname(out)));
  return books.map(({ list, csv }) => ({
    file: books.length === 1 ? `${stem}.codebook.csv` : `${stem}.${list}.codebook.csv`,
    csv,
  }));
}
