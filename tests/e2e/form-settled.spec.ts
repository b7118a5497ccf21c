import { choice, codesOn, goNext, saved } from './form-page.ts';
import { atFirstPage, expect, expectAccessible, hydrated, test } from './world.ts';

/** The pages around the statements: what this device still keeps, and what is pressed there without a connection. */

const STAYS = /^Je formulier is (hier nog niet gesloten|nog niet verzonden): er is nu geen verbinding met Drieluik\./;

test('without a connection nothing is sent or closed from the introduction and the last look, and each says why', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await choice(page, (await codesOn(page))[0] ?? '', '3').click();
  await saved(page);
  const form = page.url().replace(/\/[^/]+$/, '');
  for (const [path, name] of [
    ['', 'Stoppen'],
    ['/open', 'Stoppen'],
    ['/open', 'Verzenden'],
  ] as const) {
    await page.goto(`${form}${path}`);
    await hydrated(page);
    await context.setOffline(true);
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('alert').filter({ hasText: STAYS })).toBeVisible();
    await expect(page).toHaveURL(`${form}${path}`);
    await expectAccessible(page);
    await context.setOffline(false);
    await expect(page.getByRole('alert').filter({ hasText: STAYS }), 'the connection is back').toBeHidden();
  }
  await page.getByRole('button', { name: 'Verzenden' }).click();
  await expect(page).toHaveURL(/\/receipt$/);
});

test('answers that an earlier visit left waiting go from the introduction and the last look too, which then knows them', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const part = page.url();
  const form = part.replace(/\/[^/]+$/, '');
  const [first = '', second = ''] = await codesOn(page);
  const leaveWaiting = async (code: string) => {
    const earlier = await context.newPage();
    await earlier.goto(part);
    await hydrated(earlier);
    await context.setOffline(true);
    await choice(earlier, code, '2').click();
    await expect(earlier.locator('.save')).toHaveText('1 wacht');
    await earlier.close({ runBeforeUnload: false });
    await context.setOffline(false);
  };
  const waits = page.getByText('wachten nog antwoorden op verbinding');

  await page.goto('/privacy');
  await leaveWaiting(first);
  await page.route('**/answers/**', (route) => route.abort());
  await page.goto(form);
  await expect(waits).toBeVisible();
  await expectAccessible(page);
  await page.unroute('**/answers/**');
  await expect(waits, 'it tries again by itself').toBeHidden();

  await page.goto('/privacy');
  await leaveWaiting(second);
  let failures = 0;
  await page.route('**/answers/**', (route) => (failures++ === 0 ? route.abort() : route.continue()));
  await page.goto(`${form}/open`);
  await expect(page.getByText(/^Je hebt 2 van de \d+ stellingen beantwoord/)).toBeVisible();
  await expect(page.locator(`a[href$='#aspect-${second}']`)).toHaveCount(0);
});

test('a part that was opened from the last look has its place on the way through again', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await goNext(page);
  const second = page.url();
  await page.goto(second.replace(/[^/]+$/, 'open'));
  await page
    .locator(`a[href*='${new URL(second).pathname}?from=open#']`)
    .first()
    .click();
  await hydrated(page);
  await page.waitForLoadState('networkidle');
  await page.locator('[name=go][value=back]').click();
  await expect(page.locator('.fhead')).toContainText('Deel 1 van 4');
  await goNext(page);
  await expect(page.locator('.fhead')).toContainText('Deel 2 van 4');
  await goNext(page);
  await expect(page.locator('.fhead')).toContainText('Deel 3 van 4');
});
