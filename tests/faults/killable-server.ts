import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, hasEnded } from '../support/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startSeconds = 30;

/** The built application, which a test may kill and start again on the same data. */
export class KillableServer {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'drieluik-faults-'));
  readonly #publicUrl: string;
  #child: ChildProcess | null = null;
  #isKilled = false;
  #written = '';

  /** @param publicUrl what the browser uses: the address of the proxy in between */
  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  /**
   * Starts it and waits until /healthz says that it is well.
   * @returns the port, a new one each time: nobody can have taken it since it was killed
   * @throws Error with what it wrote, when it ends or is not well in time
   */
  async start(): Promise<number> {
    const port = await freePort();
    const child = spawn(process.execPath, ['server.js'], {
      cwd: root,
      env: {
        ...{ PATH: process.env['PATH'] ?? '', TZ: 'UTC', NODE_ENV: 'production', HOST: '127.0.0.1' },
        ...{ PORT: String(port), PUBLIC_URL: this.#publicUrl, DATA_DIR: this.dataDir },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#isKilled = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#written += String(chunk)));
    }
    const end = Date.now() + startSeconds * 1000;
    while ((await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.status !== 200) {
      if (hasEnded(child) || Date.now() > end) throw new Error(`The server did not start.\n${this.#written}`);
      await delay(20);
    }
    return port;
  }

  /** As when the power goes: it gets no chance to do anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    this.#isKilled = true;
  }

  /**
   * Ends it as an operator does, unless a test left it killed, and removes its data.
   * @throws Error with what it wrote, when it does not end well
   */
  async stop(): Promise<void> {
    try {
      if (this.#isKilled) return;
      await this.#end('SIGTERM');
      if (this.#child?.exitCode !== 0) throw new Error(`The server ended badly.\n${this.#written}`);
    } finally {
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || hasEnded(child)) throw new Error(`The server had ended by itself.\n${this.#written}`);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
