import { Command, CommanderError } from 'commander';
import { addBackup } from './backup.ts';
import { addCheck } from './check.ts';
import { addCohortReport } from './cohort-report.ts';
import type { Cli } from './context.ts';
import { addCreateAdmin } from './create-admin.ts';
import { addDemo } from './demo.ts';
import { addExportPerson } from './export-person.ts';
import { addExportResponses } from './export-responses.ts';
import { explain } from './failure.ts';
import { addImportInstrument } from './import-instrument.ts';
import { addImportResponses } from './import-responses.ts';
import { addProgrammeReport } from './programme-report.ts';
import { addPublishInstrument } from './publish-instrument.ts';
import { addReport } from './report.ts';
import { addRestore } from './restore.ts';

/** What the process ends with (interfaces.md, Command line). */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

const COMMANDS = [
  addCreateAdmin,
  addImportInstrument,
  addPublishInstrument,
  addImportResponses,
  addExportResponses,
  addExportPerson,
  addReport,
  addCohortReport,
  addProgrammeReport,
  addBackup,
  addRestore,
  addCheck,
  addDemo,
];

/**
 * Runs one command line. Results go to `out`, everything else to `err`.
 * @returns the exit status
 */
export async function runCommand(args: readonly string[], cli: Cli): Promise<number> {
  const program = new Command('drieluik')
    .description("The operator's command line of Drieluik. It works on the database in DATA_DIR (./data).")
    .configureOutput({ writeOut: (text) => void cli.out(text), writeErr: cli.err })
    .showHelpAfterError('Add --help to see how it is used.')
    .helpCommand(false)
    .exitOverride()
    .addHelpText('after', '\nExit status: 0 done, 1 the input was refused (nothing was changed), 2 wrong usage.');
  for (const add of COMMANDS) add(program, cli);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.done : EXIT.usage;
    cli.err(explain(cause, cli.env['LOG_LEVEL'] === 'debug'));
    return EXIT.refused;
  }
}
