/**
 * How fast answers and figures of a large cohort leave, and what that takes: 40 schools of six raters, four rounds, 93 aspects,
 * and ten times that. By the command line, and from the page, where saving must not wait for it: `npm run bench -- export`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { startServer, type RunningServer } from '../../tests/support/server.ts';
import { signedInCookie } from '../../tests/support/session.ts';
import { reportBench } from '../report.ts';
import { pace, type Save } from '../save/load.ts';
import { makeRaters } from '../save/raters.ts';
import { startFlags } from '../start-flags.ts';
import { COHORT, makeCohort, peakOf, processorOf, run } from './world.ts';

const SIZES = [40, 400];
const PER_SECOND = 100;
const SECONDS = 20;
/** Schools whose raters save meanwhile. */
const SAVING = 20;

const figures: Record<string, number | string> = {};
for (const schools of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
  try {
    await measure(folder, schools);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
reportBench('export', figures);

async function measure(folder: string, schools: number): Promise<void> {
  const app = await startApp({ ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn' });
  const made = await (async () => {
    const raters = await makeRaters(app, SAVING);
    const cohort = await makeCohort(app, folder, schools);
    const [version] = await instruments.list(app.db);
    const { aspectIds } = await instruments.load(app.db, version?.id ?? '');
    const cookie = await signedInCookie(app.db, app.config.secret, cohort.userId);
    return { ...cohort, raters, codes: [...aspectIds.keys()], cookie };
  })().finally(() => app.close());
  const say = (what: string, value: number) => (figures[`${schools} schools: ${what}`] = Math.round(value));

  // The first start of a machine also reads everything from the disk.
  await run(folder, ['--help']);
  for (const format of ['csv', 'xlsx']) {
    const out = join(folder, `answers.${format}`);
    const ran = await run(folder, ['export-responses', '--cohort', COHORT, '--format', format, '--out', out]);
    say(`answers by the command line, ${format}, rows a second with the start of Node`, made.answers / ran.seconds);
    say(`answers by the command line, ${format}, rows a second of processor time`, made.answers / ran.processor);
    say(`answers by the command line, ${format}, memory, MB`, ran.megabytes);
  }

  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  try {
    const saves = savesOf(server, made);
    const read = (file: string) =>
      download(`${server.url}/rounds/${made.roundId}/export/${file}?of=cohort`, made.cookie);
    const alone = await pace(saves, PER_SECOND, SECONDS);
    const before = peakOf(server.pid);
    const worked = processorOf(server.pid);
    const { rows, seconds } = await read('schools.csv');
    say('schools.csv from the page, rows a second', rows / seconds);
    say('schools.csv from the page, rows a second of processor time', rows / (processorOf(server.pid) - worked));
    say('figures.xlsx from the page, ms', (await read('figures.xlsx')).seconds * 1000);
    const files = [
      () => read('schools.csv'),
      () => read('figures.xlsx'),
      () => run(folder, ['export-responses', '--cohort', COHORT]),
    ];
    let turn = 0;
    const beside = {
      'one export after another': await meanwhile(saves, [() => files[turn++ % files.length]?.()]),
      'three exports at once': await meanwhile(saves, files),
    };
    say('saves alone, p99, ms', alone.p99);
    say('saves alone, p50, ms', alone.p50);
    for (const [what, { busy, exported }] of Object.entries(beside)) {
      say(`saves beside ${what}, p99, ms`, busy.p99);
      say(`saves beside ${what}, p50, ms`, busy.p50);
      say(`saves beside ${what}, exports meanwhile`, exported);
    }
    say(
      'saves that failed',
      [alone, ...Object.values(beside).map(({ busy }) => busy)].reduce((n, { failed }) => n + failed, 0),
    );
    say('server before exports, memory, MB', before);
    say('server, largest memory, MB', peakOf(server.pid));
  } finally {
    await server.stop();
  }
}

function savesOf(
  { url }: RunningServer,
  { raters, codes }: { raters: Awaited<ReturnType<typeof makeRaters>>; codes: readonly string[] },
): Save[] {
  const { port, host } = new URL(url);
  return raters.map((rater) => {
    let next = 0;
    return () => ({
      ...{ port: Number(port), path: `/form/${rater.responsePublicId}/answers/${codes[next++ % codes.length]}` },
      headers: { cookie: rater.cookie, origin: url, host },
      body: JSON.stringify({
        ...{ score: 1 + Math.floor(Math.random() * 5), changedAt: Date.now() },
        ...{ cannotJudge: false, reason: null, unclear: false, comment: '' },
      }),
    });
  });
}

/** Reads a file to its end and counts its lines. */
async function download(url: string, cookie: string): Promise<{ rows: number; seconds: number }> {
  const start = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  if (!response.ok || response.redirected || !response.body) throw new Error(`${url}: ${response.status}`);
  let rows = -1;
  for await (const piece of response.body) for (const byte of piece) if (byte === 10) rows += 1;
  return { rows, seconds: (performance.now() - start) / 1000 };
}

/** Saving while exports are made, each of them again and again. */
async function meanwhile(saves: Save[], exports: readonly (() => unknown)[]) {
  const end = new AbortController();
  const beside = Promise.all(exports.map((work) => until(end.signal, work)));
  const busy = await pace(saves, PER_SECOND, SECONDS);
  end.abort();
  return { busy, exported: (await beside).reduce((sum, count) => sum + count, 0) };
}

/** Again and again until it is told to end. @returns how often */
async function until(end: AbortSignal, work: () => unknown): Promise<number> {
  let done = 0;
  while (!end.aborted) {
    await work();
    done += 1;
  }
  return done;
}
