// The development server, on a database that is thrown away when it stops, with the demonstration in it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'drieluik-dev-'));
const port = process.env.PORT || '5173';
const publicUrl = `http://localhost:${port}`;
const env = { ...process.env, PORT: port, PUBLIC_URL: publicUrl, DATA_DIR: dataDir };

console.log(`Development server on a throw-away database (${dataDir}).`);
const server = spawn(
  process.execPath,
  [join('node_modules', 'vite', 'bin', 'vite.js'), 'dev', '--host', 'localhost', '--port', port, '--strictPort'],
  { cwd: root, stdio: 'inherit', env },
);
/** @type {import('node:child_process').ChildProcess | undefined} */
let loading;

// Ctrl-C reaches both processes; a plain kill reaches only this one.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    loading?.kill(signal);
    server.kill(signal);
  });
}

server.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on('exit', (code, signal) => {
  loading?.kill();
  process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
});
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));

// The server comes first: its plugin compiles the texts that the command needs too.
if (await isWell()) {
  loading = spawn(process.execPath, [join('src', 'cli', 'main.ts'), 'demo', 'load'], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
}

/** Waits until the server answers; false when it ended before. */
async function isWell() {
  while (server.exitCode === null && server.signalCode === null) {
    const response = await fetch(`${publicUrl}/healthz`).catch(() => null);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return false;
}
