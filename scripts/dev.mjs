// The development server, on a database that is thrown away when it stops.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'drieluik-dev-'));
const port = process.env.PORT || '5173';

console.log(`Development server on a throw-away database (${dataDir}).`);
const server = spawn(
  process.execPath,
  [join('node_modules', 'vite', 'bin', 'vite.js'), 'dev', '--host', 'localhost', '--port', port, '--strictPort'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: port, PUBLIC_URL: `http://localhost:${port}`, DATA_DIR: dataDir },
  },
);

// Ctrl-C reaches both processes; a plain kill reaches only this one.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => server.kill(signal));

server.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
});
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
