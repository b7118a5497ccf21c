import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What goes on beside the saves: how often it was done, and how often it went wrong. */
export type Beside = { done: number; failed: number };

/** What is read of a report in turn, with a second between. */
const FILES = ['', '/files/report.pdf', '/files/figures.xlsx', '/files/aspects.csv', '/files/gaps-C1.svg'];
const PAUSE = 1_000;

/** Reads a report and its files until it is told to end. */
export function readOn({ url, cookie }: { url: string; cookie: string }, end: AbortSignal): Promise<Beside> {
  let turn = 0;
  return until(end, PAUSE, async () => {
    const response = await fetch(`${url}${FILES[turn++ % FILES.length] ?? ''}`, { headers: { cookie } });
    const { byteLength } = await response.arrayBuffer();
    return response.ok && !response.redirected && byteLength > 0;
  });
}

/** Takes a backup as an operator does, so many milliseconds apart, until it is told to end. */
export function backUp(dataDir: string, apart: number, end: AbortSignal): Promise<Beside> {
  const file = join(dataDir, 'copy.db');
  return until(end, apart, async () => {
    rmSync(file, { force: true });
    const child = spawn(process.execPath, ['build/bin/drieluik.js', 'backup', file], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    return code === 0;
  });
}

async function until(end: AbortSignal, apart: number, work: () => Promise<boolean>): Promise<Beside> {
  const counted = { done: 0, failed: 0 };
  while (!end.aborted) {
    if (await work().catch(() => false)) counted.done += 1;
    else counted.failed += 1;
    await wait(apart, null, { signal: end }).catch(() => null);
  }
  return counted;
}
