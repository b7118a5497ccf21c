/**
 * What the picture of a cohort costs its trainer: forty schools of six people after four rounds, from the request to the
 * first byte, beside /healthz and the bare statement that reads a round's sums, in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '#lib/server/app.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import * as make from '../tests/support/factories.ts';
import { startServer } from '../tests/support/server.ts';
import { signedInCookie } from '../tests/support/session.ts';
import { inTurns, median } from './in-turns.ts';
import { runRound } from './made-up-rounds.ts';
import { reportBench } from './report.ts';
import { startFlags } from './start-flags.ts';

const SCHOOLS = 40;
/** Beside director and IB'er. */
const TEACHERS = 4;
const ROUNDS = 4;
const REQUESTS = 60;
const WARM_UP = 20;
const ASKED_MS = 150;

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
    const cohort = await make.makeCohort(app.db, { secret: app.config.secret, trainerSeesSchools: true });
    for (let school = 0; school < SCHOOLS; school += 1) await make.addSeries(app.db, cohort, { teachers: TEACHERS });
    let last = '';
    for (let round = 0; round < ROUNDS; round += 1) last = await runRound(app.db, cohort);
    const cookie = await signedInCookie(app.db, app.config.secret, cohort.trainer.userId);
    const page = `${server.url}/rounds/${last}/dashboard`;
    const urls = [`${server.url}/healthz`, page, `${page}/aspects/C1.01`, `${server.url}/rounds/${last}/session`];
    const pages = urls.map((url) => ({ url, cookie }));
    const times = await inTurns(pages, { requests: REQUESTS, warmUp: WARM_UP });
    const [health = Number.NaN, board = Number.NaN, aspect = Number.NaN, session = Number.NaN] = times.map(
      ({ first }) => first,
    );
    const bare = await median(REQUESTS, () =>
      app.db.selectFrom('round_snapshot').select(['sums', 'document']).where('round_id', '=', last).execute(),
    );
    const data = await median(REQUESTS, () => dashboards.get(app.db, cohort.trainer, last));
    reportBench('dashboard', {
      [`first byte of the dashboard, ms (asked: under ${ASKED_MS})`]: board.toFixed(1),
      'its whole HTML, ms': times[1]?.whole.toFixed(1) ?? '',
      'its HTML, unpacked, kB': ((times[1]?.bytes ?? Number.NaN) / 1000).toFixed(0),
      'first byte of an aspect, ms': aspect.toFixed(1),
      'first byte of the next session, ms': session.toFixed(1),
      'first byte of /healthz, ms': health.toFixed(1),
      'the bare statement for the sums, ms': bare.toFixed(2),
      'data of the dashboard (service), ms': data.toFixed(1),
      'dashboard / healthz': (board / health).toFixed(1),
      'data / bare statement': (data / bare).toFixed(1),
    });
    if (board >= ASKED_MS) process.exitCode = 1;
  } finally {
    await app.close();
    await server.stop();
  }
}
