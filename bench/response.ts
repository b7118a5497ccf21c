/**
 * What following a round costs a trainer: opening it for forty schools of six people, and its page while they fill in,
 * beside /healthz in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from 'd3-array';
import { startApp } from '#lib/server/app.ts';
import { follow } from '#lib/server/rounds/follow-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../tests/support/factories.ts';
import { startServer } from '../tests/support/server.ts';
import { signedInCookie } from '../tests/support/session.ts';
import { reportBench } from './report.ts';
import { startFlags } from './start-flags.ts';

const SCHOOLS = 40;
/** Beside director and IB'er. */
const TEACHERS = 4;
const REQUESTS = 100;
const WARM_UP = 20;
/** What a browser takes from https and from this machine; Node's own fetch leaves out the last two here. */
const AS_BROWSERS = { 'accept-encoding': 'gzip, deflate, br, zstd' };

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  const app = await startApp({ ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn', PUBLIC_URL: server.url });
  try {
    const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
    for (let school = 0; school < SCHOOLS; school += 1) await make.addSeries(app.db, cohort, { teachers: TEACHERS });
    const id = await make.planRound(app.db, cohort);
    const opening = await timed(() => rounds.open(app.db, cohort.trainer, cohort.secret, id));
    const invited = await make.listInvited(app.db, cohort, id);
    for (const [index, person] of invited.entries()) if (index % 2 === 0) await make.enter(app.db, person);
    const data = await median(() => follow(app.db, cohort.trainer, id, null));
    const cookie = await signedInCookie(app.db, app.config.secret, cohort.trainer.userId);
    const page = `${server.url}/rounds/${id}`;
    // A page with a few fields, through the same hooks, session and layouts: what any page of a trainer costs.
    const floor = `${server.url}/cohorts/new`;
    const urls = [`${server.url}/healthz`, `${page}/response`, `${page}/__data.json`, page, floor];
    const times = await inTurns(urls, cookie);
    const [health = Number.NaN, pulse = Number.NaN, json = Number.NaN, html = Number.NaN, bare = Number.NaN] = times;
    reportBench('response', {
      [`opening for ${SCHOOLS} schools, ${invited.length} people, ms`]: opening.toFixed(0),
      'data of the page (service), ms': data.toFixed(1),
      '/healthz, whole answer, ms': health.toFixed(1),
      'the page looks whether there is news, ms': pulse.toFixed(1),
      'page refreshed in place (its data), ms': json.toFixed(1),
      'page opened (its HTML), ms': html.toFixed(1),
      'a page with a few fields, its HTML (the floor), ms': bare.toFixed(1),
      'look for news / healthz': (pulse / health).toFixed(1),
      'page refreshed / healthz': (json / health).toFixed(1),
      'page opened / healthz': (html / health).toFixed(1),
      'the floor / healthz': (bare / health).toFixed(1),
      'page opened / the floor': (html / bare).toFixed(1),
    });
  } finally {
    await app.close();
    await server.stop();
  }
}

/** Medians of whole answers, in turns, so that all meet the same machine. */
async function inTurns(urls: readonly string[], cookie: string): Promise<number[]> {
  const times = urls.map((): number[] => []);
  for (let request = 0; request < REQUESTS + WARM_UP; request += 1) {
    for (const [index, url] of urls.entries()) {
      const time = await timed(async () => {
        const response = await fetch(url, { headers: { cookie, ...AS_BROWSERS } });
        if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status} ${response.url}`);
        await response.arrayBuffer();
      });
      if (request >= WARM_UP) times[index]?.push(time);
    }
  }
  return times.map((each) => quantile(each, 0.5) ?? Number.NaN);
}

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < REQUESTS; run += 1) times.push(await timed(work));
  return quantile(times, 0.5) ?? Number.NaN;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
