/**
 * How fast answers are saved: 50 raters over HTTP, beside a bare Node server that upserts the same row with
 * better-sqlite3 in the same schema with the same pragmas, in turns, after a warm-up.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { reportBench } from '../report.ts';
import { startFlags } from '../start-flags.ts';
import { pace, saturate, type LoadResult, type Save } from './load.ts';
import { makeRaters } from './raters.ts';

const SCHOOLS = 10;
const TURNS = 3;
const SECONDS = 4;
const PACE = 200;
const PACED_SECONDS = 6;
const PORTS = { drieluik: 4310, bare: 4311 };
const SETTINGS = ['FULL', 'NORMAL'] as const;

type Side = 'drieluik' | 'bare';

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const results: Record<string, number | string> = {};
  for (const synchronous of SETTINGS) {
    const { rates, paced, memory } = await compare(synchronous);
    const [drieluik, bare] = [median(rates.drieluik), median(rates.bare)];
    results[`${synchronous}: Drieluik, saves a second`] = Math.round(drieluik);
    results[`${synchronous}: bare server, saves a second`] = Math.round(bare);
    results[`${synchronous}: share of the bare server`] = (drieluik / bare).toFixed(2);
    results[`${synchronous}: p50 at ${PACE} a second, ms`] = median(paced.drieluik.map(({ p50 }) => p50)).toFixed(1);
    results[`${synchronous}: p99 at ${PACE} a second, ms`] = median(paced.drieluik.map(({ p99 }) => p99)).toFixed(1);
    results[`${synchronous}: bare server, p99, ms`] = median(paced.bare.map(({ p99 }) => p99)).toFixed(1);
    results[`${synchronous}: memory 10 s later, MB`] = Math.round(memory);
  }
  reportBench('save', results);
}

async function compare(synchronous: (typeof SETTINGS)[number]) {
  const dataDir = join(folder, synchronous);
  const env = { ...process.env, DATA_DIR: dataDir, SYNCHRONOUS: synchronous, LOG_LEVEL: 'warn' };
  const app = await startApp({ ...env, PORT: String(PORTS.drieluik) });
  const raters = await makeRaters(app, SCHOOLS);
  const [version] = await instruments.list(app.db);
  if (!version) throw new Error('no list');
  const { aspectIds } = await instruments.load(app.db, version.id);
  const publicUrl = app.config.publicUrl;
  const file = app.config.databaseFile;
  await app.close();

  const servers = [
    spawn(process.execPath, [...startFlags(), 'server.js'], {
      env: { ...env, PORT: String(PORTS.drieluik) },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
    spawn(process.execPath, ['bench/save/bare-server.ts', file, synchronous, String(PORTS.bare)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  ];
  try {
    await Promise.all(Object.values(PORTS).map(answers));
    const saves: Record<Side, Save[]> = {
      drieluik: raters.map((rater) => {
        const next = cycle([...aspectIds.keys()]);
        return () => ({
          port: PORTS.drieluik,
          path: `/form/${rater.responsePublicId}/answers/${next()}`,
          headers: { cookie: rater.cookie, origin: publicUrl, host: new URL(publicUrl).host },
          body: JSON.stringify({ ...answer(), cannotJudge: false, reason: null, unclear: false, comment: '' }),
        });
      }),
      bare: raters.map((_, index) => {
        const next = cycle([...aspectIds.values()]);
        return () => ({
          port: PORTS.bare,
          path: `/${index + 1}/${next()}`,
          headers: {},
          body: JSON.stringify(answer()),
        });
      }),
    };
    const rates: Record<Side, number[]> = { drieluik: [], bare: [] };
    for (const side of ['drieluik', 'bare'] as const) checked(await saturate(saves[side], 2));
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const side of ['drieluik', 'bare'] as const) {
        rates[side].push(checked(await saturate(saves[side], SECONDS)).perSecond);
      }
    }
    const paced: Record<Side, LoadResult[]> = { drieluik: [], bare: [] };
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const side of ['drieluik', 'bare'] as const) {
        paced[side].push(checked(await pace(saves[side], PACE, PACED_SECONDS)));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    return { rates, paced, memory: residentMegabytes(servers[0]) };
  } finally {
    for (const server of servers) server.kill('SIGTERM');
  }
}

function answer() {
  return { score: 1 + Math.floor(Math.random() * 5), changedAt: Date.now() };
}

function cycle<T>(items: readonly T[]): () => T {
  let index = 0;
  return () => {
    const item = items[index++ % items.length];
    if (item === undefined) throw new Error('nothing to cycle through');
    return item;
  };
}

function checked(result: LoadResult): LoadResult {
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.saves} saves failed`);
  return result;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/healthz`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** Resident memory as the kernel counts it, so that it holds for what the operator sees. */
function residentMegabytes(server: ChildProcess | undefined): number {
  const status = readFileSync(`/proc/${server?.pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? Number.NaN) / 1024;
}
