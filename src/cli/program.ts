import { Command, CommanderError } from 'commander';
import type { Cli } from './context.ts';

/** What the process ends with (interfaces.md, Command line). */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

type Add = (program: Command, cli: Cli) => void;

/** By name, and read when they are asked for: what only another command works with takes neither time nor memory. */
const COMMANDS: Record<string, () => Promise<Add>> = {
  'create-admin': async () => (await import('./create-admin.ts')).addCreateAdmin,
  'import-instrument': async () => (await import('./import-instrument.ts')).addImportInstrument,
  'publish-instrument': async () => (await import('./publish-instrument.ts')).addPublishInstrument,
  'import-responses': async () => (await import('./import-responses.ts')).addImportResponses,
  'export-responses': async () => (await import('./export-responses.ts')).addExportResponses,
  'export-person': async () => (await import('./export-person.ts')).addExportPerson,
  report: async () => (await import('./report.ts')).addReport,
  'cohort-report': async () => (await import('./cohort-report.ts')).addCohortReport,
  'programme-report': async () => (await import('./programme-report.ts')).addProgrammeReport,
  backup: async () => (await import('./backup.ts')).addBackup,
  restore: async () => (await import('./restore.ts')).addRestore,
  check: async () => (await import('./check.ts')).addCheck,
  demo: async () => (await import('./demo.ts')).addDemo,
};

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
  for (const command of commandsFor(args)) (await command())(program, cli);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { explain } = await import('./failure.ts'); // with every text that an error can have
    cli.err(explain(cause, cli.env['LOG_LEVEL'] === 'debug'));
    return EXIT.refused;
  }
}

/** The one that is named; all of them for help, and where the name is wrong. */
function commandsFor([name = '']: readonly string[]): (() => Promise<Add>)[] {
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return named ? [named] : Object.values(COMMANDS);
}
