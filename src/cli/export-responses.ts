import { basename, dirname, extname, join } from 'node:path';
import { Option, type Command } from 'commander';
import * as exports from '#lib/server/exports/service.ts';
import { withExistingStore, type Cli } from './context.ts';
import { refuseExisting, writePieces, writeWhole } from './files.ts';
import { cohortNamed } from './options.ts';
import { Refused } from './refused.ts';
import { counted } from './words.ts';

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
    await withExistingStore(cli, async (store) => {
      const cohort = await cohortNamed(store, name);
      if (out !== undefined) refuseExisting(out);
      const found = await exports.exportResponses(store.db, store.readDb, { kind: 'operator' }, cohort);
      const written: string[] = [];
      if (out === undefined) {
        for await (const piece of exports.responsesCsv(found.blocks)) await cli.out(piece);
      } else if (format === 'xlsx') {
        if (found.rows > exports.MOST_ROWS) throw new Refused(tooLong(found));
        await writeWhole(out, (path) => writePieces(path, exports.responsesWorkbook(found.blocks, found.instruments)));
        written.push(out);
      } else {
        const codebooks = codebookFiles(out, found);
        for (const { file } of codebooks) refuseExisting(file);
        await writeWhole(out, (path) => writePieces(path, exports.responsesCsv(found.blocks)));
        for (const { file, csv } of codebooks) await writeWhole(file, (path) => writePieces(path, [csv]));
        written.push(out, ...codebooks.map(({ file }) => file));
      }
      cli.err(summary(found, written));
    });
  });
}

function tooLong({ rows }: exports.ResponseExport): string {
  return `A sheet of an XLSX file has room for ${exports.MOST_ROWS} rows; these are ${rows}. Choose --format csv.`;
}

/** For whoever ran it, beside the answers: what was written where, and what was not. */
function summary({ rows, responses, leftOut }: exports.ResponseExport, written: readonly string[]): string {
  const [file, ...codebooks] = written;
  const to = file === undefined ? '' : ` to ${file}`;
  const lines = [`Wrote ${counted(rows, 'row')} of ${counted(responses, 'form')}${to}.`];
  for (const codebook of codebooks) lines.push(`Wrote the codebook to ${codebook}.`);
  if (leftOut > 0)
    lines.push(
      `Left out: ${counted(leftOut, 'form')} of teachers, because one of theirs did not agree to be recognised or was erased.`,
    );
  return lines.map((line) => `${line}\n`).join('');
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
