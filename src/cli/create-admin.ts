import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import * as accounts from '#lib/server/accounts/service.ts';
import { jsonLine, type Cli } from './context.ts';
import { withApp } from './with-app.ts';

/** `create-admin EMAIL`: a first or lost administrator. */
export function addCreateAdmin(program: Command, cli: Cli): void {
  program
    .command('create-admin')
    .description('make an administrator, or help one who is locked out: prints a one-time sign-in link')
    .argument('<email>', 'address of the administrator', parseEmail)
    .option('--reset-second-step', 'remove the second step of an account whose phone and recovery codes are lost')
    .option('--json', 'print {"email", "link"}')
    .action(async (email: string, options: { json?: boolean; resetSecondStep?: boolean }) => {
      const made = await withApp(cli, ({ db, auth, config: { publicUrl } }) =>
        accounts.adminSignInLink(db, { auth, publicUrl }, email, options),
      );
      cli.err(`${sentence(made)}\n`);
      await cli.out(options.json ? jsonLine({ email: made.email, link: made.link }) : `${made.link}\n`);
    });
}

function sentence({ email, isNew }: { email: string; isNew: boolean }): string {
  return isNew
    ? `Made an account for ${email}, an administrator. The link signs in once:`
    : `${email} has an account already; it is an administrator. The link signs in once:`;
}

function parseEmail(text: string): string {
  const { success } = z.email().safeParse(text.trim());
  if (!success) throw new InvalidArgumentError('This is no e-mail address.');
  return text.trim();
}
