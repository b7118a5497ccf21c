/**
 * What the country costs: 6,500 schools of seven people after four rounds (17 million answers) in 200 partnerships, beside one
 * cohort of 24 of those schools alone, in one run: `npm run bench -- scale`. A number is another count of schools.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as accounts from '#lib/server/accounts/service.ts';
import { startApp, type App } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../../tests/support/factories.ts';
import { startServer } from '../../tests/support/server.ts';
import { signedInCookie } from '../../tests/support/session.ts';
import { peakOf } from '../export/world.ts';
import { inTurns, middle } from '../in-turns.ts';
import { reportBench } from '../report.ts';
import { makeRaters, type BenchRater } from '../save/raters.ts';
import { startFlags } from '../start-flags.ts';
import { idInCopy, makeNation, programmeOfCopy } from './nation.ts';

const SCHOOLS = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 6500);
const PER_COHORT = 24;
/** Beside director and IB'er. */
const TEACHERS = 5;
const ROUNDS = 4;
const PARTNERSHIPS = 200;
const REQUESTS = { requests: 40, warmUp: 10 };
/** Schools of five people in an open round, who save and submit. */
const SAVING = 4;

type Template = { cohortId: string; programmeId: string; trainerId: string; adminId: string } & Ids;
type Ids = { roundId: string; schoolRoundId: string };

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const [small, large] = [join(folder, 'small'), join(folder, 'large')];
  const template = await withApp(small, makeTemplate);
  mkdirSync(large);
  for (const file of ['drieluik.sqlite', 'secret']) copyFileSync(join(small, file), join(large, file));
  const copies = Math.max(1, Math.round(SCHOOLS / PER_COHORT) - 1);
  const start = performance.now();
  const answers = makeNation(join(large, 'drieluik.sqlite'), join(small, 'drieluik.sqlite'), copies, PARTNERSHIPS);
  const built = (performance.now() - start) / 1000;
  const one = await measure(small, template, 0);
  const all = await measure(large, template, Math.ceil(copies / 2));
  const figures: Record<string, number | string> = {
    schools: (copies + 1) * PER_COHORT,
    answers,
    'built in, s': built.toFixed(0),
    'file, MB': (statSync(join(large, 'drieluik.sqlite')).size / 1e6).toFixed(0),
    'file of one cohort, MB': (statSync(join(small, 'drieluik.sqlite')).size / 1e6).toFixed(1),
  };
  for (const [what, value] of Object.entries(all)) {
    const alone = one[what] ?? Number.NaN;
    figures[what] = `${value.toFixed(1)} (one cohort alone: ${alone.toFixed(1)}, ×${(value / alone).toFixed(2)})`;
  }
  reportBench('scale', figures);
}

async function withApp<T>(dataDir: string, work: (app: App) => Promise<T>): Promise<T> {
  const app = await startApp({ ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** A cohort that lets its trainer see schools, with four released rounds that everybody filled in. */
async function makeTemplate({ db, config }: App): Promise<Template> {
  const cohort = await make.makeCohort(db, { secret: config.secret, trainerSeesSchools: true });
  for (let school = 0; school < PER_COHORT; school += 1) await make.addSeries(db, cohort, { teachers: TEACHERS });
  let ids: Ids = { roundId: '', schoolRoundId: '' };
  for (let round = 0; round < ROUNDS; round += 1) ids = await runRound(db, cohort, round);
  const admin = await accounts.ensureAdmin(db, 'bench@drieluik.example'); // who makes the open rounds, too
  const { programme_id: programmeId } = await db
    .selectFrom('cohort')
    .select('programme_id')
    .where('id', '=', cohort.id)
    .executeTakeFirstOrThrow();
  return {
    ...{ cohortId: cohort.id, programmeId: programmeId ?? '', trainerId: cohort.trainer.userId, adminId: admin.id },
    ...ids,
  };
}

async function runRound(db: App['db'], cohort: make.TestCohort, round: number): Promise<Ids> {
  const { id, invited } = await make.openRound(db, cohort);
  for (const [rater, person] of invited.entries()) {
    await make.fillAndSubmit(db, person, (_code, aspect) => {
      const cannotJudge = (aspect * 7 + rater * 3 + round) % 23 === 0;
      return cannotJudge ? null : 1 + ((aspect + rater) % 5);
    });
  }
  await rounds.close(db, cohort.trainer, id);
  const schoolRounds = (await rounds.progress(db, cohort.trainer, id)).map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, schoolRounds);
  return { roundId: id, schoolRoundId: schoolRounds[0] ?? '' };
}

/** Milliseconds and megabytes by name, of the cohort in this copy (0: the one that was copied). */
async function measure(dataDir: string, template: Template, copy: number): Promise<Record<string, number>> {
  const at = (id: string) => (copy === 0 ? id : idInCopy(id, copy));
  const programmeId = copy === 0 ? template.programmeId : programmeOfCopy(copy, PARTNERSHIPS);
  const server = await startServer({ DATA_DIR: dataDir, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  try {
    const prepared = await withApp(dataDir, async (app) => {
      const role = { role: 'trainer', cohortId: at(template.cohortId), programmeId: null } as const;
      await accounts.grant(app.db, { kind: 'operator' }, template.trainerId, role);
      const steering = await make.makeTrainer(app.db);
      const seat = { role: 'steering', cohortId: null, programmeId } as const;
      await accounts.grant(app.db, { kind: 'operator' }, steering.userId, seat);
      const [version] = await instruments.list(app.db);
      return {
        raters: await makeRaters(app, SAVING),
        codes: [...(await instruments.load(app.db, version?.id ?? '')).aspectIds.keys()],
        trainer: await signedInCookie(app.db, app.config.secret, template.trainerId),
        steering: await signedInCookie(app.db, app.config.secret, steering.userId),
        admin: await signedInCookie(app.db, app.config.secret, template.adminId),
      };
    });
    const page = (path: string, cookie: string) => ({ url: `${server.url}${path}`, cookie });
    const pages = {
      'school report': page(`/reports/${at(template.schoolRoundId)}`, prepared.trainer),
      'cohort dashboard': page(`/rounds/${at(template.roundId)}/dashboard`, prepared.trainer),
      'steering page': page(`/programmes/${programmeId}`, prepared.steering),
      'national overview': page('/partnerships', prepared.admin),
    };
    const times = await inTurns(Object.values(pages), REQUESTS);
    const firstBytes = Object.keys(pages).map((name, index) => [`${name}, first byte, ms`, times[index]?.first ?? 0]);
    const { saves, submits } = await saveAndSubmit(server.url, prepared.raters, prepared.codes);
    return {
      ...(Object.fromEntries(firstBytes) as Record<string, number>),
      'one autosave, ms': middle(saves),
      'submit, ms': middle(submits),
      'memory of the server, MB': peakOf(server.pid),
    };
  } finally {
    await server.stop();
  }
}

/** Every rater saves each answer once, one after another, and submits. */
async function saveAndSubmit(url: string, raters: readonly BenchRater[], codes: readonly string[]) {
  const [saves, submits]: [number[], number[]] = [[], []];
  for (const { responsePublicId, cookie } of raters) {
    const form = `${url}/form/${responsePublicId}`;
    const headers = { cookie, origin: url, accept: 'text/html' };
    const asJson = { ...headers, 'content-type': 'application/json' };
    for (const code of codes) {
      const answer = { score: 4, changedAt: Date.now(), cannotJudge: false, reason: null, unclear: false, comment: '' };
      const saving = { method: 'PUT', headers: asJson, body: JSON.stringify(answer) };
      saves.push(await timed(`${form}/answers/${code}`, saving, 200));
    }
    const submitting = { method: 'POST', headers, body: new URLSearchParams(), redirect: 'manual' } as const;
    submits.push(await timed(`${form}/open`, submitting, 303));
  }
  return { saves, submits };
}

async function timed(url: string, request: RequestInit, expected: number): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, request);
  const time = performance.now() - start;
  await response.arrayBuffer();
  if (response.status !== expected) throw new Error(`${url}: ${response.status}`);
  return time;
}
