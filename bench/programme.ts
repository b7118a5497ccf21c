/**
 * What the page of a programme costs its steering group: a cohort of 24 schools of six people after a start and three years, with
 * a plan and the ambitions of its template, from the request to the first byte, beside /healthz and the bare statements that
 * read what was summed, in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf } from '#lib/programme/plan.ts';
import { startApp } from '#lib/server/app.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as make from '../tests/support/factories.ts';
import { startServer } from '../tests/support/server.ts';
import { signedInCookie } from '../tests/support/session.ts';
import { inTurns, median } from './in-turns.ts';
import { runRound } from './made-up-rounds.ts';
import { reportBench } from './report.ts';
import { startFlags } from './start-flags.ts';

const SCHOOLS = 24;
/** Beside director and IB'er. */
const TEACHERS = 4;
/** T0, and one after each year. */
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
    const { db } = app;
    const cohort = await make.makeCohort(db, { secret: app.config.secret });
    for (let school = 0; school < SCHOOLS; school += 1) await make.addSeries(db, cohort, { teachers: TEACHERS });
    const programmeId = await plan(db, cohort);
    for (let round = 0; round < ROUNDS; round += 1) await runRound(db, cohort);
    const cookie = await signedInCookie(db, app.config.secret, cohort.trainer.userId);
    const page = `${server.url}/programmes/${programmeId}`;
    const urls = [`${server.url}/healthz`, page, `${page}/present`, `${page}/plan/${cohort.id}`];
    const pages = urls.map((url) => ({ url, cookie }));
    const times = await inTurns(pages, { requests: REQUESTS, warmUp: WARM_UP });
    const [health = Number.NaN, first = Number.NaN, present = Number.NaN, course = Number.NaN] = times.map(
      (time) => time.first,
    );
    const bare = await median(REQUESTS, async () => {
      await db.selectFrom('round_snapshot').select(['sums', 'document']).execute();
      await db.selectFrom('round_change').select('document').execute();
    });
    const steering = { ...cohort.trainer, cohortIds: [], programmeIds: [programmeId] };
    const data = await median(REQUESTS, () => programmes.course(db, steering, programmeId, new Date()));
    reportBench('programme', {
      [`first byte of the page, ms (asked: under ${ASKED_MS})`]: first.toFixed(1),
      'its whole HTML, ms': times[1]?.whole.toFixed(1) ?? '',
      'its HTML, unpacked, kB': ((times[1]?.bytes ?? Number.NaN) / 1000).toFixed(0),
      'first byte of the presentation, ms': present.toFixed(1),
      'first byte of the plan, ms': course.toFixed(1),
      'first byte of /healthz, ms': health.toFixed(1),
      'the bare statements for the sums, ms': bare.toFixed(2),
      'data of the page (service), ms': data.toFixed(1),
      'page / healthz': (first / health).toFixed(1),
      'data / bare statements': (data / bare).toFixed(1),
    });
    if (first >= ASKED_MS) process.exitCode = 1;
  } finally {
    await app.close();
    await server.stop();
  }
}

/** Gives the cohort the plan of the usual template, and its programme the ambitions. @returns the programme's id */
async function plan(db: Parameters<typeof make.makeCohort>[0], { id, trainer }: make.TestCohort): Promise<string> {
  const template = await templates.findNewest(db, 'de-excellent-communicerende-iber');
  const { programmeId } = await plans.planOfCohort(db, id);
  if (!template || programmeId === null) throw new Error('no template, or no programme');
  await db.transaction().execute(async (trx) => {
    const from = { templateId: template.id, startsOn: '2024-09-05' };
    await plans.store(trx, trainer, id, from, planOf(template.template, from.startsOn, 'nl'));
    await ambitions.adopt(trx, programmeId, template.template, 'nl');
  });
  return programmeId;
}
