// Sends the built server hostile requests (tests/hostile): `npm run test:hostile -- [requests] [seed]`, 100,000 of a new
// seed when nothing is said.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [requests = '100000', seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
if (![requests, seed].every((number) => /^[1-9]\d{0,8}$/.test(number))) {
  console.error('npm run test:hostile -- [requests] [seed]: two whole numbers');
  process.exit(2);
}
const { status } = spawnSync('vitest', ['run', '--allowOnly=false', 'tests/hostile/hostile.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, HOSTILE_REQUESTS: requests, HOSTILE_SEED: seed },
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
