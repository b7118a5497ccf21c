import type { Page } from '@playwright/test';
import { aspect, choice, codesOn, enter, goNext, pressNext, radio, remark, saved } from './form-page.ts';
import { atFirstPage, expect, expectAccessible, hydrated, test } from './world.ts';

/** How many answers the browser keeps until the server has them. */
function keptOn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('drieluik');
        open.onsuccess = () => {
          const count = open.result.transaction('waiting').objectStore('waiting').count();
          count.onsuccess = () => {
            open.result.close();
            resolve(count.result);
          };
        };
      }),
  );
}

/** The form while the connection comes and goes, and while another device answers too. */

test('every page can be answered without connection, and all is sent when it is back', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const first = page.url();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);

  const given: [string, string][] = [];
  for (let part = 1; part <= 4; part += 1) {
    await expect(page.locator('.fhead')).toContainText(`Deel ${part} van 4`);
    const [code = ''] = await codesOn(page);
    await choice(page, code, '3').click();
    given.push([code, '3']);
    if (part < 4) await goNext(page);
  }
  await expect(page.locator('.save')).toHaveText('4 wachten');
  await expectAccessible(page);
  // Back to the part that the browser loaded itself, and on again.
  for (let part = 3; part >= 1; part -= 1) {
    await page.goBack();
    await expect(page.locator('.fhead')).toContainText(`Deel ${part} van 4`);
  }
  await expect(page).toHaveURL(first);
  for (let part = 1; part < 4; part += 1) await goNext(page);
  // The last look needs the server: the page stays, and says why.
  await pressNext(page);
  await expect(page.locator('.stuck')).toContainText('er is nu geen verbinding. Je kunt deze pagina gerust sluiten');
  await expect(page.getByText('Er is even geen verbinding.'), 'one message at a time').toBeHidden();

  await context.setOffline(false);
  await saved(page);
  await page.goto(first);
  await hydrated(page);
  for (let part = 1; part <= 4; part += 1) {
    const [code, value] = given[part - 1] ?? ['', ''];
    await expect(radio(page, code, value)).toBeChecked();
    if (part < 4) await goNext(page);
  }
});

test('with all saved and no connection the page stays, and says that nothing is lost', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await page.waitForLoadState('networkidle');
  for (let part = 1; part < 4; part += 1) await goNext(page);
  const last = page.url();
  await saved(page);
  await context.setOffline(true);
  for (const go of ['next', 'stop']) {
    await page.waitForTimeout(700); // no second half of a double click
    await page.locator(`.ffoot [name=go][value=${go}]`).click();
    await expect(page.locator('.stuck'), 'its text stays when it is hidden').toBeVisible();
    await expect(page.locator('.stuck')).toHaveText(/^Er is nu geen verbinding\. Alles is opgeslagen;/);
    await context.setOffline(false);
    await expect(page.locator('.stuck')).toBeHidden();
    await context.setOffline(true);
  }
  await expect(page).toHaveURL(last);
});

test('what waits is still there after closing the page, and is wiped once it is stored', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const address = page.url();
  const [code = ''] = await codesOn(page);
  await context.setOffline(true);
  await choice(page, code, '2').click();
  await expect(page.locator('.save')).toHaveText('1 wacht');
  await page.close({ runBeforeUnload: false });

  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto(address);
  await expect(radio(later, code, '2')).toBeChecked();
  await saved(later);
  await expect.poll(() => keptOn(later)).toBe(0);
});

test('stopping on one page forgets the form on the other pages of this computer too', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_FAILED|status of 404/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [first = ''] = await codesOn(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await hydrated(other);
  const idle = await context.newPage();
  await idle.goto(page.url());
  await hydrated(idle);

  const lastLook = await context.newPage();
  await lastLook.goto(page.url().replace(/\/[^/]+$/, '/open'));
  await hydrated(lastLook);

  // What waits on the other page is sent along before the form is closed.
  await other.route('**/answers/**', (route) => route.abort());
  await choice(other, first, '4').click();
  await expect(other.locator('.save')).toHaveText('1 wacht');
  await page.locator('button[value=stop]').last().click();
  for (const each of [page, idle, other, lastLook]) await expect(each).toHaveURL(/\/stopped$/);
  await expect.poll(() => keptOn(other)).toBe(0);

  await enter(page, school.linkOf('teacher'));
  await page.getByRole('link', { name: 'Verder waar je was' }).click();
  await expect(radio(page, first, '4')).toBeChecked();
});

test('an answer that was refused on another part is named there and led to', async ({ page, world, faults }) => {
  faults.allow(/status of 400/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await page.waitForLoadState('networkidle');
  const [code = ''] = await codesOn(page);
  let refuse = () => {};
  const later = new Promise<void>((resolve) => (refuse = resolve));
  await page.route(`**/answers/${code}`, async (route) => {
    await later;
    await route.fulfill({ status: 400, json: { code: 'invalid', message: 'Dit antwoord kan niet.' } });
  });
  await choice(page, code, '3').click();
  await goNext(page);
  refuse();
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'failed');
  await pressNext(page);
  await expect(page.locator('.stuck')).toContainText('Een antwoord in een ander deel is niet opgeslagen.');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Bekijk dat antwoord' }).click();
  await expect(page.locator(`[id="fault-${code}"]`)).toHaveText('Dit antwoord kan niet.');
  await expect(aspect(page, code)).toBeInViewport();
});

test('an answer that was refused far above is led to from the foot of its own part', async ({
  page,
  world,
  faults,
}) => {
  faults.allow(/status of 400/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code = '', ...others] = await codesOn(page);
  await page.route(`**/answers/${code}`, (route) =>
    route.fulfill({ status: 400, json: { code: 'invalid', message: 'Dit antwoord kan niet.' } }),
  );
  await choice(page, code, '3').click();
  await choice(page, others.at(-1) ?? '', '4').click();
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'failed');
  await pressNext(page);
  await expect(page.locator('.stuck')).toContainText('Kijk bij de melding op deze pagina.');
  await page.getByRole('link', { name: 'Bekijk dat antwoord' }).click();
  await expect(radio(page, code, '3')).toBeFocused();
  await expect(page.locator(`[id="fault-${code}"]`)).toBeInViewport();
});

test('an answer from another device comes to be shown', async ({ page, world, newVisitor }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const phone = await newVisitor();
  await atFirstPage(phone, school.linkOf('teacher'));
  await hydrated(phone);
  const [code = '', untouched = ''] = await codesOn(page);
  await choice(phone, code, '5').click();
  await saved(phone);
  // Coming back to the page looks for news.
  await page.evaluate(() => setTimeout(() => dispatchEvent(new Event('focus')), 1100));
  await expect(radio(page, code, '5')).toBeChecked();
  await expect(aspect(page, untouched).locator(':checked')).toHaveCount(0);
  await expect(page.locator('.fhead')).toContainText('1 van');
});

test('the rest of a page can be "cannot judge" at one press, and taken back', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const codes = await codesOn(page);
  const [first = '', second = '', third = ''] = codes;
  await choice(page, first, '4').click();
  await page.getByRole('button', { name: `De rest kan ik niet beoordelen (${codes.length - 1})` }).click();
  await saved(page);
  await expect(radio(page, first, '4')).toBeChecked();
  for (const code of codes.slice(1)) await expect(radio(page, code, 'C')).toBeChecked();
  await expect(page.getByRole('status').filter({ hasText: `${codes.length - 1} stellingen` })).toBeVisible();
  await expectAccessible(page);

  // What was answered in the meantime stays.
  await choice(page, second, '1').click();
  await page.getByRole('button', { name: 'Ongedaan maken' }).click();
  await expect(page.getByRole('button', { name: /De rest kan ik niet beoordelen/ })).toBeFocused();
  await saved(page);
  await page.reload();
  await expect(radio(page, first, '4')).toBeChecked();
  await expect(radio(page, second, '1')).toBeChecked();
  await expect(aspect(page, third).locator(':checked')).toHaveCount(0);
});

test('a part that was fetched ahead never brings back what has changed since', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await goNext(page);
  const [code = ''] = await codesOn(page);
  await choice(page, code, '3').click();
  // A browser drops a first line end from a text field, so that the page is not what it was made from.
  await remark(page, code, '\nOnder elkaar.');
  await saved(page);
  await page.reload();
  await hydrated(page);
  await expect(page.locator(`textarea[name="${code}.comment"]`)).toHaveValue('\nOnder elkaar.');
  await page.waitForLoadState('networkidle');
  await choice(page, code, '5').click();
  await saved(page);
  await goNext(page);
  await page.goBack();
  await expect(radio(page, code, '5')).toBeChecked();
  await saved(page);
  await page.reload();
  await expect(radio(page, code, '5')).toBeChecked();
});

test('what waits in another tab goes to the server before the form is sent', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_FAILED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const form = page.url().replace(/\/[^/]+$/, '');
  const [first = '', second = ''] = await codesOn(page);
  await choice(page, first, '4').click();
  await saved(page);
  const last = await context.newPage();
  await last.goto(`${form}/open`);
  await hydrated(last);

  await page.route('**/answers/**', (route) => route.abort());
  await choice(page, second, '2').click();
  await expect(page.locator('.save')).toHaveText('1 wacht');
  await last.getByRole('button', { name: 'Verzenden' }).click();
  await expect(last).toHaveURL(/\/receipt$/);
  await expect(last.locator('.receipt dl > div', { hasText: 'zelden' })).toHaveCount(1);
});
