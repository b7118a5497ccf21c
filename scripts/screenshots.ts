/**
 * Makes the images of the README from the demonstration, on a server and with data of their own: `npm run screenshots`.
 * Build first (the command does). Look at what came out before you commit it.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findChromium } from '../tests/support/chromium.ts';
import { startServer } from '../tests/support/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs', 'images');
/** What a page of the documentation should have to load for one image, in bytes. */
const LARGEST = 250_000;

type Links = { teachers: string[]; trainer: string; steering: string; school: string };
type Look = { name: string; width: number; height: number; scale: number };

const { executablePath, args, env } = await findChromium();
const server = await startServer();
try {
  const links = loadDemonstration();
  const browser = await chromium.launch({ executablePath, args, env: { ...definedEnvironment(), ...env } });
  try {
    await take(browser, { name: 'report', width: 1280, height: 1180, scale: 1 }, async (page) => {
      await signIn(page, links.school);
      await page.getByRole('link', { name: /T2/ }).click();
      await page.locator('[data-figure=triptych]').waitFor();
    });
    await take(browser, { name: 'form', width: 390, height: 780, scale: 2 }, async (page) => {
      await page.goto(links.teachers[0] ?? '');
      await page.locator('main form button').first().click();
      await page.waitForURL(/\/form\/[\w-]+$/);
      await page.goto(`${page.url()}/C1`);
      for (const [index, value] of ['4', '3', '5'].entries()) {
        await page.locator('.aspect').nth(index).locator(`input[value="${value}"]`).check({ force: true });
      }
      await page.locator('[data-save-state=saved] [data-count=all]').waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
    });
    await take(browser, { name: 'cohort', width: 1280, height: 1000, scale: 1 }, async (page) => {
      await signIn(page, links.trainer);
      await page.getByRole('link', { name: /^Rivierenrand/ }).click();
      await page.getByRole('heading', { level: 1, name: /^Rivierenrand/ }).waitFor();
    });
    await take(browser, { name: 'programme', width: 1280, height: 880, scale: 1 }, async (page) => {
      await signIn(page, links.steering);
      await page.getByRole('link', { name: /^De excellent communicerende/ }).click();
      await page.locator('[data-figure=change]').first().waitFor();
      await page.locator('section[aria-labelledby=growth]').evaluate((growth) => {
        window.scrollTo(0, window.scrollY + growth.getBoundingClientRect().top - 24);
      });
    });
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}

function loadDemonstration(): Links {
  const command = [join('src', 'cli', 'main.ts'), 'demo', 'load', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: server.dataDir, PUBLIC_URL: server.url },
  });
  if (status !== 0) throw new Error(`The demonstration could not be loaded.\n${stderr}`);
  const { links }: { links: Links } = JSON.parse(stdout);
  return links;
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Goes to the page in a browser of its own and writes what is in sight of it. */
async function take(browser: Browser, look: Look, go: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.scale,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await go(page);
  await page.locator('html[data-hydrated], form.form').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500); // charts are drawn a moment later
  const file = join(images, `${look.name}.png`);
  await page.screenshot({ path: file });
  await context.close();
  const { size } = statSync(file);
  console.log(`${look.name}.png ${Math.round(size / 1000)} kB`);
  if (size > LARGEST) throw new Error(`${look.name}.png is larger than ${LARGEST / 1000} kB`);
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
