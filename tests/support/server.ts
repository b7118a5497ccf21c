import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startSeconds = 30;
const stopSeconds = 10;

/** The built application as an operator runs it, on a port and with data of its own. */
export type RunningServer = {
  /** Its PUBLIC_URL, without a slash at the end. */
  url: string;
  /** Where it can be reached: PUBLIC_URL may be an address that a proxy would have. */
  listensAt: string;
  dataDir: string;
  /** Of its process, as the system numbers it. */
  pid: number;
  /** The one-time set-up link that an empty database prints. Waits for it; throws when it does not come. */
  setupLink: () => Promise<string>;
  /** What it wrote to its terminal so far. */
  output: () => string;
  /** Stops it as an operator does (SIGTERM) and removes its data, but for a DATA_DIR that was given. Throws when it does not end well: exit code 0. */
  stop: () => Promise<void>;
};

/** What `npm start` gives Node: without it the heap grows as far as it likes, and memory says nothing of what is kept. */
const flags = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.match(/--max-\S+/g) ?? [];
};

/**
 * Starts server.js and waits until /healthz says that it is well.
 * @throws Error with what it wrote, when it ends or is not well within half a minute
 */
export async function startServer(env: Record<string, string> = {}): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'drieluik-e2e-'));
  const child = spawn(process.execPath, [...flags(), 'server.js'], {
    cwd: root,
    env: {
      ...{ PATH: process.env['PATH'] ?? '', TZ: 'UTC', NODE_ENV: 'production' },
      ...{ PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url, DATA_DIR: dataDir },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (written += String(chunk)));
  const output = () => written;

  try {
    await until(startSeconds, async () => {
      if (hasEnded(child)) throw new Error(`The server ended at once (${ending(child)}).\n${written}`);
      return (await fetch(`${url}/healthz`).catch(() => null))?.status === 200;
    });
  } catch (error) {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(`The server did not start: ${String(error)}\n${written}`, { cause: error });
  }

  return {
    ...{
      url: env['PUBLIC_URL'] ?? url,
      listensAt: url,
      dataDir: env['DATA_DIR'] ?? dataDir,
      output,
      pid: child.pid ?? 0,
    },
    async setupLink() {
      const find = () => /https?:\/\/\S+\/setup\/[\w-]+/.exec(written)?.[0];
      await until(5, async () => find() !== undefined);
      return find() ?? '';
    },
    async stop() {
      try {
        await endGently(child);
        if (child.exitCode !== 0) throw new Error(`The server ended badly (${ending(child)}).\n${written}`);
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
  };
}

/** Whether a process is over, by itself or by a signal. */
export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const ending = (child: ChildProcess) => `exit code ${child.exitCode}, signal ${child.signalCode}`;

async function endGently(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1000);
  await ended;
  clearTimeout(impatience);
}

async function until(seconds: number, isReached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await isReached())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
