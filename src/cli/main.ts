import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Most of a short command's time is compiling (vite.bin.config.ts): what that made is kept beside the packages, with which it
// goes. Where nothing may be written there, it is made each time. So nothing else is imported before this.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
const { giveWay } = await import('#lib/server/give-way.ts');
giveWay(); // to a server that runs beside it: nobody's answer waits for an export
const { runCommand } = await import('./program.ts');

// `drieluik report … | head` closes the pipe early: whoever reads has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
  err: (text) => void process.stderr.write(text),
});
