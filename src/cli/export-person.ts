import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { Db } from '#lib/server/db/open.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { workbookOf } from '#lib/server/downloads/service.ts';
import { withExistingStore, type Cli } from './context.ts';
import { refuseExisting, refuseTaken, writeAll } from './files.ts';

type Options = { out?: string; files?: string; format: 'json' | 'xlsx'; language: 'nl' | 'en' };

/** `export-person EMAIL`: what is kept of one person, to hand over to that person. */
export function addExportPerson(program: Command, cli: Cli): void {
  const command = program
    .command('export-person')
    .description(
      'export all that is kept of one person, to hand over to that person: for the controller only, and logged',
    )
    .argument('<email>', 'the address of the person')
    .option('--out <file>', 'write to a file that is not there yet, instead of to the terminal')
    .option('--files <folder>', 'put what the person handed in as files into this folder')
    .addOption(new Option('--format <format>', 'the kind of file').choices(['json', 'xlsx']).default('json'))
    .addOption(new Option('--language <language>', 'of statements and headings').choices(['nl', 'en']).default('nl'))
    .addHelpText(
      'after',
      '\nHolds the own answers and remarks of the person, and nothing that others gave; files that were handed in by name, and' +
        '\nas they are with --files. People fetch the same themselves:' +
        '\nwith an account on its page, with a personal link below the own answers.',
    );
  command.action(async (email: string, { out, files, format, language }: Options) => {
    if (format === 'xlsx' && out === undefined) command.error('error: --format xlsx needs --out FILE');
    await withExistingStore(cli, async (store) => {
      if (out !== undefined) refuseExisting(out);
      if (files !== undefined) {
        refuseTaken(files, await personalData.fileNamesOfAddress(store.db, { kind: 'operator' }, email));
      }
      const data = await personalData.ofAddress(store.db, { kind: 'operator' }, email, language);
      const file =
        format === 'xlsx'
          ? await workbookOf(personalData.sheetsOf(data, language))
          : `${JSON.stringify(data, null, 2)}\n`;
      for (const path of await writeAll(toWrite(store.db, email, files, out, file))) cli.err(`Wrote ${path}.\n`);
      if (out === undefined) await cli.out(String(file));
    });
  });
}

/** The files that were handed in, each read as it is written, and the one with all the rest. */
async function* toWrite(
  db: Db,
  email: string,
  files: string | undefined,
  out: string | undefined,
  file: string | Uint8Array,
): AsyncGenerator<{ path: string; content: string | Uint8Array }> {
  if (files !== undefined) {
    for await (const { name, bytes } of personalData.filesOfAddress(db, { kind: 'operator' }, email)) {
      yield { path: join(files, name), content: bytes };
    }
  }
  if (out !== undefined) yield { path: out, content: file };
}
