/**
 * What a page of the rating form costs the rater's browser: beside a static page with the same items, which is the
 * floor, and beside the same items in SurveyJS; in turns, each time in a browser that has never seen the page, at full
 * speed and with the processor slowed four times, as on a modest phone. `RUNS=3 npm run bench -- form` takes a quick
 * look.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { startApp } from '#lib/server/app.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { findChromium } from '../../tests/support/chromium.ts';
import { startServer } from '../../tests/support/server.ts';
import { reportBench } from '../report.ts';
import { startFlags } from '../start-flags.ts';
import type { BenchRater } from '../save/raters.ts';
import { makeRaters } from '../save/raters.ts';
import type { Figures, PageName, Taken } from './figures.ts';
import { figuresOf, PAGES, SPEEDS } from './figures.ts';
import type { Target } from './measure.ts';
import { keepsFirstAnswer, visit } from './measure.ts';
import { servePeers } from './peers.ts';

const RUNS = Number(process.env['RUNS'] ?? 15);
const RATERS_A_SCHOOL = 5;
/** Pages that the server gives before it is measured, so that it is one that is in use. */
const PAGES_BEFORE = 100;

/** Where each page is at its next visit: the form is another rater's each time, so that it is empty. */
type Targets = Record<PageName, () => Target>;

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const instrument = shippedInstrument();
  const [competency] = instrument.competencies;
  if (!competency) throw new Error('no competency');
  const raters = await prepareRaters(SPEEDS.length * (RUNS + 1) + 1);
  const peers = await servePeers(instrument, competency);
  const { executablePath, args, env } = await findChromium();
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  const unused = raters.values();
  try {
    const targets: Targets = {
      Drieluik() {
        const rater = unused.next().value;
        if (!rater) throw new Error('no rater left');
        return { url: `${server.url}/form/${rater.responsePublicId}/${competency.code}`, cookie: rater.cookie };
      },
      'static page': () => ({ url: peers.static }),
      SurveyJS: () => ({ url: peers.surveyjs }),
    };
    await warmUp(targets.Drieluik());
    const kept = await keepFirstAnswers(browser, targets);
    reportBench('form', { ...figuresOf(await takeTurns(browser, targets)), ...kept });
  } finally {
    await browser.close();
    await peers.close();
    await server.stop();
  }
}

async function prepareRaters(count: number): Promise<BenchRater[]> {
  const app = await startApp({ ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn' });
  const raters = await makeRaters(app, Math.ceil(count / RATERS_A_SCHOOL));
  await app.close();
  return raters;
}

async function warmUp({ url, cookie = '' }: Target): Promise<void> {
  for (let page = 0; page < PAGES_BEFORE; page += 1) await (await fetch(url, { headers: { cookie } })).arrayBuffer();
}

/** The first visits: a radio that loses its answer is not answerable yet. They also warm up servers and browser. */
async function keepFirstAnswers(browser: Browser, targets: Targets): Promise<Figures> {
  const figures: Figures = {};
  for (const { name, slowdown } of SPEEDS) {
    for (const page of PAGES) {
      const isKept = await keepsFirstAnswer(browser, targets[page](), slowdown);
      figures[`an answer as soon as it can be given is kept, ${name}: ${page}`] = isKept ? 'yes' : 'no';
    }
  }
  return figures;
}

async function takeTurns(browser: Browser, targets: Targets): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const first = run % PAGES.length; // each page comes first, second and last equally often
    const order = [...PAGES.slice(first), ...PAGES.slice(0, first)];
    for (const { name: speed, slowdown } of SPEEDS) {
      for (const page of order) taken.push({ page, speed, ...(await visit(browser, targets[page](), slowdown)) });
    }
  }
  return taken;
}
