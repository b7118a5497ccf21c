import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import * as accounts from '#lib/server/accounts/service.ts';
import { jsonLine, withApp, type Cli } from './context.ts';

/** `create-admin EMAIL`: a first or lost administrator. */
export function addCreateAdmin(program: Command, cli: Cli): void {
  program
    .command('create-admin')
    .description('make an administrator, or help one who is locked out: prints a one-time sign-in link')
    .argument('<email>', 'address of the administrator', parseEmail)
    .option('--json', 'print {"email", "link"}')
    .action(async (email: string, options: { json?: boolean }) => {
      const made = await withApp(cli, ({ db, auth, config: { publicUrl } }) =>
        accounts.adminSignInLink(db, { auth, publicUrl }, email),
      );
      await cli.out(options.json ? jsonLine(made) : `${made.link}\n`);
    });
}

function parseEmail(text: string): string {
  const { success } = z.email().safeParse(text.trim());
  if (!success) throw new InvalidArgumentError('This is no e-mail address.');
  return text.trim();
}
