/**
 * What a report costs: its data beside the bare SQL that reads the same rows, its first byte beside /healthz, its page
 * in a browser with the processor slowed four times, and its PDF. A school with ten teachers and four rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { quantile } from 'd3-array';
import { startApp } from '#lib/server/app.ts';
import { findChromium } from '../../tests/support/chromium.ts';
import { startServer } from '../../tests/support/server.ts';
import { reportBench } from '../report.ts';
import { startFlags } from '../start-flags.ts';
import type { FiguresTime } from './figures-time.ts';
import { timeFigures } from './figures-time.ts';
import type { Cookies } from './page.ts';
import { measurePage } from './page.ts';
import { makeSchool } from './school.ts';

const REQUESTS = 100;
const PDFS = 5;
const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: startFlags().join(' ') });
  const app = await startApp({ ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn', PUBLIC_URL: server.url });
  const school = await makeSchool(app);
  const figures = await timeFigures(app.config.databaseFile, school);
  await app.close();

  const { executablePath, args, env: browserEnv } = await findChromium();
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...browserEnv } });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(school.signInLink);
    await page.locator('main form button').click();
    await page.waitForURL(/\/reports/);
    const cookies = await context.cookies();
    await context.close();
    const url = `${server.url}/reports/${school.schoolRoundId}`;
    reportBench('report', {
      ...dataFigures(figures),
      ...(await firstByteFigures(server.url, url, cookies, figures)),
      ...(await pageFigures(browser, url, cookies)),
      ...(await pdfFigures(url, cookies)),
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

function dataFigures({ report, bareSql, statements }: FiguresTime) {
  return {
    'report data (load, analyse, disclose), ms': report.toFixed(2),
    [`bare SQL of the same rows (${statements} statements), ms`]: bareSql.toFixed(3),
    'report data / bare SQL': (report / bareSql).toFixed(1),
  };
}

/** The second and later ones: the first starts the thread that lays them out. */
async function pdfFigures(report: string, cookies: Cookies) {
  const headers = { cookie: cookieHeader(cookies) };
  const times: number[] = [];
  let bytes = 0;
  for (let request = 0; request <= PDFS; request += 1) {
    const start = performance.now();
    const response = await fetch(`${report}/files/report.pdf`, { headers });
    if (!response.ok) throw new Error(`report.pdf: ${response.status}`);
    bytes = (await response.arrayBuffer()).byteLength;
    times.push(performance.now() - start);
  }
  const [first = 0, ...later] = times;
  return {
    'report.pdf, the first one, ms': first.toFixed(0),
    'report.pdf, later ones, ms': (quantile(later, 0.5) ?? Number.NaN).toFixed(0),
    'report.pdf, kB': (bytes / 1000).toFixed(0),
  };
}

function cookieHeader(cookies: Cookies): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** In turns, so that both meet the same machine. */
async function firstByteFigures(server: string, report: string, cookies: Cookies, { report: data }: FiguresTime) {
  const headers = { cookie: cookieHeader(cookies) };
  const times = { health: [] as number[], report: [] as number[] };
  for (let request = 0; request < REQUESTS; request += 1) {
    times.health.push(await firstByte(`${server}/healthz`, {}));
    times.report.push(await firstByte(report, headers));
  }
  const median = (values: number[]) => quantile(values, 0.5) ?? Number.NaN;
  const [health, page] = [median(times.health), median(times.report)];
  return {
    '/healthz, first byte, ms': health.toFixed(1),
    'report page, first byte, ms': page.toFixed(1),
    'report page / (3 × /healthz + report data)': (page / (3 * health + data)).toFixed(2),
  };
}

async function firstByte(url: string, headers: Record<string, string>): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, { headers });
  const time = performance.now() - start;
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  await response.arrayBuffer();
  return time;
}

async function pageFigures(...of: Parameters<typeof measurePage>) {
  const { drawn, firstPaint, scriptKb, totalKb } = await measurePage(...of);
  return {
    'first contentful paint, charts as SVG, processor slowed 4 times, ms': firstPaint.toFixed(0),
    'first gap chart on canvas, processor slowed 4 times, ms': drawn.toFixed(0),
    'scripts, compressed, kB': scriptKb.toFixed(1),
    'page in all, compressed, kB': totalKb.toFixed(1),
  };
}
