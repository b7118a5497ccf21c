/**
 * Half an hour as it may come: 100 answers a second are saved while reports are read, files are made and backups are taken.
 * `npm run bench -- soak 60` takes a minute. Beside it in the same run: the bare server of bench/save at the same pace with
 * nothing else going on, before and after, for what the machine itself allows.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { max, median, sum } from 'd3-array';
import { startApp, type App } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { closedRound } from '../../tests/support/school-reports.ts';
import { freePort, startServer, type RunningServer } from '../../tests/support/server.ts';
import { signedInCookie } from '../../tests/support/session.ts';
import { reportBench } from '../report.ts';
import { pace, type LoadResult, type Save } from '../save/load.ts';
import { makeRaters, type BenchRater } from '../save/raters.ts';
import { startFlags } from '../start-flags.ts';
import { backUp, readOn, type Beside } from './beside.ts';

const SECONDS = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1_800);
const PER_SECOND = 100;
const SCHOOLS = 20;
/** Saves are measured by the minute, or in six parts of a shorter run. */
const WINDOW = Math.min(60, Math.ceil(SECONDS / 6));
const FLOOR_SECONDS = Math.min(20, WINDOW);

type Window = LoadResult & { memory: number; files: number };

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  // The server starts when all is there: what it does by itself at its start would lock others out meanwhile.
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn' };
  const app = await startApp(env);
  const made = await setUp(app).finally(() => app.close());
  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  try {
    const floor = () => bareServer(app.config.databaseFile, made);
    const report = { url: `${server.url}/reports/${made.schoolRoundId}`, cookie: made.cookie };
    const saves = savesOf(server, made);
    const before = await floor();
    const { windows, reading, backups } = await soak(server, saves, report);
    const after = await floor();
    const third = Math.ceil(windows.length / 3);
    const grown = (what: 'memory' | 'files') =>
      // The first window is warming up.
      (mid(windows.slice(-third), what) / mid(windows.slice(1, third + 1), what)).toFixed(2);
    reportBench('soak', {
      'length, s': SECONDS,
      saves: sum(windows, ({ saves: count }) => count),
      'saves that failed': sum(windows, ({ failed }) => failed),
      'p50 of saves, median of windows, ms': mid(windows, 'p50').toFixed(1),
      'p99 of saves, median of windows, ms': mid(windows, 'p99').toFixed(1),
      'p99 of saves, worst window, ms': (max(windows, ({ p99 }) => p99) ?? Number.NaN).toFixed(1),
      'bare server and nothing else, p99 before, ms': before.p99.toFixed(1),
      'bare server and nothing else, p99 after, ms': after.p99.toFixed(1),
      'reports and files read': reading.done,
      'reports and files that failed': reading.failed,
      backups: backups.done,
      'backups that failed': backups.failed,
      'memory, MB at the end': Math.round(windows.at(-1)?.memory ?? Number.NaN),
      'memory, last third / first': grown('memory'),
      'open files, last third / first': grown('files'),
    });
  } finally {
    await server.stop();
  }
}

/** Saves and readings run together; each window of the saves ends with a look at the process. */
async function soak(server: RunningServer, saves: readonly Save[], report: Parameters<typeof readOn>[0]) {
  const end = new AbortController();
  const besides: [Promise<Beside>, Promise<Beside>] = [
    readOn(report, end.signal),
    backUp(folder, Math.max(10, WINDOW) * 1000, end.signal),
  ];
  const windows: Window[] = [];
  try {
    for (let second = 0; second < SECONDS; second += WINDOW) {
      const result = await pace(saves, PER_SECOND, Math.min(WINDOW, SECONDS - second));
      windows.push({ ...result, ...processOf(server.pid) });
    }
  } finally {
    end.abort();
  }
  const [reading, backups] = await Promise.all(besides);
  return { windows, reading, backups };
}

type Made = {
  raters: BenchRater[];
  /** Of the list: its id in the database by code. */
  aspectIds: ReadonlyMap<string, number>;
  /** A released report, and the session of its IB'er. */
  schoolRoundId: string;
  cookie: string;
};

async function setUp(app: App): Promise<Made> {
  const raters = await makeRaters(app, SCHOOLS);
  const [version] = await instruments.list(app.db);
  if (!version) throw new Error('no list');
  const { aspectIds } = await instruments.load(app.db, version.id);
  const answered = (code: string) => 1 + (Number(code.slice(3)) % 5);
  const teachers = [answered, answered, answered];
  const { schoolRoundId, ib } = await closedRound(app.db, { director: answered, ib: answered, teachers });
  const cookie = await signedInCookie(app.db, app.config.secret, ib.userId, { gaveSecondFactor: false });
  return { raters, aspectIds, schoolRoundId, cookie };
}

function savesOf({ url }: RunningServer, { raters, aspectIds }: Made): Save[] {
  const { port, host } = new URL(url);
  return raters.map((rater) => {
    const next = cycle([...aspectIds.keys()]);
    return () => ({
      ...{ port: Number(port), path: `/form/${rater.responsePublicId}/answers/${next()}` },
      headers: { cookie: rater.cookie, origin: url, host },
      body: JSON.stringify({ ...answer(), cannotJudge: false, reason: null, unclear: false, comment: '' }),
    });
  });
}

/** The bare server of bench/save on the same file, at the same pace. The raters' forms are the first that were made. */
async function bareServer(file: string, { raters, aspectIds }: Made): Promise<LoadResult> {
  const port = await freePort();
  const child = spawn(process.execPath, ['bench/save/bare-server.ts', file, 'FULL', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const saves = raters.map((_, index): Save => {
    const next = cycle([...aspectIds.values()]);
    return () => ({ port, path: `/${index + 1}/${next()}`, headers: {}, body: JSON.stringify(answer()) });
  });
  try {
    while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null))) await pause(100);
    return await pace(saves, PER_SECOND, FLOOR_SECONDS);
  } finally {
    child.kill('SIGTERM');
  }
}

function answer() {
  return { score: 1 + Math.floor(Math.random() * 5), changedAt: Date.now() };
}

function pause(milliseconds: number): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function mid(windows: readonly Window[], what: 'p50' | 'p99' | 'memory' | 'files'): number {
  return median(windows, (window) => window[what]) ?? Number.NaN;
}

function cycle<T>(items: readonly T[]): () => T {
  let index = 0;
  return () => {
    const item = items[index++ % items.length];
    if (item === undefined) throw new Error('nothing to cycle through');
    return item;
  };
}

/** Resident memory in megabytes, and open files, as the kernel counts them. */
function processOf(pid: number): { memory: number; files: number } {
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { memory: Number(resident) / 1024, files: readdirSync(`/proc/${pid}/fd`).length };
}
