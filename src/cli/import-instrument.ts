import type { Command } from 'commander';
import { DomainError } from '#lib/errors.ts';
import { readInstrumentCsv } from '#lib/instrument/read-csv.ts';
import { readInstrumentJson } from '#lib/instrument/read-json.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { jsonLine, withStore, type Cli } from './context.ts';
import { fileRefused } from './failure.ts';
import { readInput } from './files.ts';
import { Refused } from './refused.ts';
import { counted } from './words.ts';

type Options = { key?: string; version?: string; title?: string; json?: boolean };

/** `import-instrument FILE`: a list from JSON or CSV, as a draft. */
export function addImportInstrument(program: Command, cli: Cli): void {
  const command = program
    .command('import-instrument')
    .description('import a list as a draft, from JSON (the shape of ib-180.json) or CSV')
    .argument('<file>', 'FILE.json, or FILE.csv with --key and --version')
    .option('--key <key>', 'key of a list from CSV')
    .option('--version <version>', 'version of a list from CSV')
    .option('--title <text>', 'title of a list from CSV (default: its key)')
    .option('--json', 'print {"key", "version", "status", "competencies", "aspects"}');
  command.action(async (file: string, options: Options) => {
    const instrument = readList(command, file, options);
    await withStore(cli, ({ db }) =>
      db.transaction().execute((trx) => instruments.importDraft(trx, { kind: 'operator' }, instrument)),
    ).catch((cause: unknown) => {
      if (!(cause instanceof DomainError && cause.code === 'instrument_exists')) throw cause;
      throw new Refused(`${file}: The list ${instrument.key}@${instrument.version} is there already.`);
    });
    await cli.out(options.json ? jsonLine(summary(instrument)) : `${sentence(instrument)}\n`);
  });
}

function readList(command: Command, file: string, { key, version, title }: Options): Instrument {
  const isCsv = file.toLowerCase().endsWith('.csv');
  if (!isCsv && (key !== undefined || version !== undefined || title !== undefined)) {
    command.error('error: --key, --version and --title are for a list from CSV; JSON brings its own');
  }
  if (isCsv && (key === undefined || version === undefined)) {
    command.error('error: a list from CSV needs --key and --version');
  }
  const content = readInput(file);
  const read = isCsv
    ? readInstrumentCsv(content, { key: key ?? '', version: version ?? '', title })
    : readInstrumentJson(content);
  if (!read.ok) throw fileRefused(file, read);
  return read.instrument;
}

function summary({ key, version, competencies }: Instrument) {
  const aspects = competencies.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.aspects));
  return { key, version, status: 'draft', competencies: competencies.length, aspects: aspects.length };
}

function sentence(instrument: Instrument): string {
  const { key, version, competencies, aspects } = summary(instrument);
  const size = `${counted(competencies, 'competency', 'competencies')}, ${counted(aspects, 'aspect')}`;
  return `Imported ${key}@${version} as a draft: ${size}. Next: publish-instrument ${key} ${version}`;
}
