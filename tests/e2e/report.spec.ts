import type { Page } from '@playwright/test';
import * as make from '../support/factories.ts';
import { confirmReport } from './confirm-report.ts';
import { holdScripts } from './hold-scripts.ts';
import { look } from './look.ts';
import type { World } from './world.ts';
import { expect, hydrated, test } from './world.ts';

// One size: the pages are looked at in both widths here.
test.beforeEach(({}, { project }) => test.skip(project.name === 'phone', 'looks at both widths itself'));

/** A released report: the IB'er is a point higher on all, and more on C1.01, which the director sees otherwise. */
async function released(world: World) {
  const school = await world.school({ teachers: 3 });
  const teachers = school.invited.filter(({ role }) => role === 'teacher');
  for (const teacher of teachers) await make.fillAndSubmit(world.db, teacher, () => 3);
  const [ib, director] = [make.inRole(school.invited, 'ib'), make.inRole(school.invited, 'director')];
  await make.fillAndSubmit(world.db, ib, (code) => (code === 'C1.01' ? 5 : 4));
  await make.fillAndSubmit(world.db, director, (code) => (code === 'C2.01' ? null : 3));
  const { report } = await world.closeAndRelease(school);
  return { school, report };
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);
}

/** Opens a released report as its IB'er, its scripts running. @returns its address */
async function openAsIb(page: Page, world: World): Promise<string> {
  const { school, report } = await released(world);
  await signIn(page, await world.signInLink(school, 'ib'));
  await page.goto(report);
  await hydrated(page);
  return report;
}

test('the three aspects lead to their lines, and filters stay in the address without a reload', async ({
  page,
  world,
}) => {
  await openAsIb(page, world);
  await expect(page.locator('[data-figure=first] li')).toHaveCount(2);
  await page.locator('[data-figure=first] li[data-aspect="C1.01"] a').click();
  await expect(page.locator('[id="aspect-C1.01"]')).toBeInViewport();
  await expect(page.locator('[id="aspect-C1.01"] .about-in')).toBeVisible();

  const requests: string[] = [];
  page.on('request', (request) => void requests.push(request.url()));
  await page
    .locator('.filter')
    .getByRole('link', { name: /Anders gezien/ })
    .click();
  await expect(page).toHaveURL(/\?reading=differ/);
  await expect(page.getByRole('status').filter({ hasText: 'aspecten' })).toHaveText('Je ziet 1 van de 93 aspecten.');
  const scope = page.getByText('De tekst boven elke grafiek, de gesprekken en de lijsten gaan over alle aspecten.');
  await expect(scope).toBeVisible();
  await page.getByLabel('Onderdeel').selectOption('c1-contact');
  await expect(page).toHaveURL(/cluster=c1-contact/);
  await expect(page.locator('tr[data-aspect]')).toHaveCount(1);
  // The drawing program may come in meanwhile; the report itself is not asked for again.
  expect(requests.filter((url) => url.includes('/reports/'))).toEqual([]);
  await look(page);
  await page.getByRole('link', { name: 'Toon weer alles' }).click();
  await expect(page.locator('tr[data-aspect]')).toHaveCount(93);
  await expect(scope).toHaveCount(0);

  await page.getByRole('link', { name: 'Zonder het algemene niveauverschil' }).click();
  await expect(page.locator('[data-level=without]')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Algemeen niveauverschil' })).toBeVisible();
  await expect(page.getByText('De zinnen hierboven gaan over de scores zoals ze gegeven zijn')).toBeVisible();
  await look(page);
});

test('the lists show what the address says, after going back too, and what was chosen before scripts ran is taken', async ({
  page,
  world,
}) => {
  const report = await openAsIb(page, world);
  const [part, order] = [page.getByLabel('Onderdeel'), page.getByLabel('Volgorde')];
  await part.selectOption('c1-contact');
  await expect(page).toHaveURL(/cluster=c1-contact/);
  await page.goBack();
  await expect(page).not.toHaveURL(/cluster/);
  await expect(part).toHaveValue('');
  await page.goForward();
  await expect(part).toHaveValue('c1-contact');

  const letGo = await holdScripts(page);
  await page.goto(report, { waitUntil: 'commit' });
  await order.selectOption('list');
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await letGo();
  await expect(page).toHaveURL(/sort=list/);
  await expect(order).toHaveValue('list');
});

test('a link to an aspect opens it, from any choice and as often as it is followed', async ({ page, world }) => {
  const { school, report } = await released(world);
  await signIn(page, await world.signInLink(school, 'ib'));
  const link = page.locator('[data-figure=first] li[data-aspect="C1.01"] a');
  const row = page.locator('[id="aspect-C1.01"]');
  // The first choice leaves its line out: the page shows all again.
  for (const choice of ['?reading=shared', '?sort=list', '']) {
    await page.goto(`${report}${choice}`);
    await hydrated(page);
    await link.click();
    await expect(row.locator('.about-in'), choice).toBeVisible();
    await expect(row, choice).toBeInViewport();
  }
  await row.locator('summary').click();
  await expect(row.locator('.about-in')).toBeHidden();
  await link.click();
  await expect(row.locator('.about-in')).toBeVisible();
});

test('a report without two views is one calm page', async ({ page, world }) => {
  const school = await world.school({ teachers: 3 });
  const { report } = await world.closeAndRelease(school);
  await signIn(page, await world.signInLink(school, 'ib'));
  await page.goto(report);
  await hydrated(page);
  await expect(page.getByRole('heading', { name: 'Wat er is, en wat ontbreekt' })).toBeVisible();
  await expect(page.locator('table, .chart')).toHaveCount(0);
  await look(page);
});

test('the selected filter is marked in the reader’s own colours too', async ({ page, world }) => {
  const { school, report } = await released(world);
  await signIn(page, await world.signInLink(school, 'ib'));
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(report);
  const ground = (of: string) =>
    page
      .locator(of)
      .first()
      .evaluate((part) => getComputedStyle(part).backgroundColor);
  expect(await ground('.gapfilter .filter a[aria-current]')).not.toBe(await ground('body'));
});

test('hover, focus and click open the same at an aspect', async ({ page, world }) => {
  await openAsIb(page, world);
  const about = page.locator('tr[data-aspect="C1.01"] .about');
  const summary = about.locator('summary');
  const told = about.getByText('5, (vrijwel) altijd');
  await expect(told).toBeHidden();
  await summary.hover();
  await expect(told).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(told).toBeHidden();
  await page.keyboard.press('Tab');
  await summary.focus();
  await expect(told).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(told).toBeHidden();
  await summary.click();
  await page.mouse.move(0, 0);
  await expect(told).toBeVisible();
  await look(page);
  // What was opened on purpose stays until it is left: by Escape wherever the focus is, or by a click beside it.
  await summary.blur();
  await page.keyboard.press('Escape');
  await expect(told).toBeHidden();
  await summary.click();
  await page.mouse.move(0, 0);
  await about.locator('.about-in').click();
  await expect(told).toBeVisible();
  await page.locator('tr[data-aspect]').nth(6).locator('.text').click();
  await expect(told).toBeHidden();
});

test('without scripts the director confirms, and filters by a form', async ({ newVisitor, world }) => {
  const { school, report } = await released(world);
  const page = await newVisitor({ javaScriptEnabled: false });
  await signIn(page, await world.signInLink(school, 'director'));
  await page.goto(report);
  await expect(page.locator('[data-figure]')).toHaveCount(0);
  await confirmReport(page);
  await page.getByLabel('Onderdeel').selectOption('c1-contact');
  await page.getByRole('button', { name: 'Toon', exact: true }).click();
  await expect(page.getByText('Je ziet 5 van de 93 aspecten.')).toBeVisible();
  await expect(page.locator('tr[data-aspect]')).toHaveCount(5);
  await page.goto(report);
  await page.locator('[data-figure=first] li[data-aspect="C1.01"] a').click();
  await expect(page.locator('[id="aspect-C1.01"] .about-in')).toBeVisible();
});

test('a trainer has the own menu on the pages of a school, and its people theirs', async ({ page, world }) => {
  const school = await world.school();
  await world.signIn(page, school.cohort.trainer);
  await page.goto('/reports');
  const menu = page.locator('.top nav');
  await expect(menu.getByRole('link', { name: 'Cohorten' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Rapporten' })).toHaveCount(0);
  await world.signIn(page, await world.participant(school.cohort, 'ib'));
  await page.reload();
  await expect(menu.getByRole('link')).toHaveText(['Rapporten']);
});
