import type { Page } from '@playwright/test';
import { expect, hydrated } from '../support/browser.ts';
import { pdfPages } from '../support/read-files.ts';
import type { RunningServer } from '../support/server.ts';
import { look, phone } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** The evening before a session, with the examples, on a server that no other test uses. */

test.beforeEach(({}, { project }) => {
  test.skip(project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
});

/** Goes to the session after T2 of the cohort of twelve, with scripts running. */
async function openSession(page: Page, server: RunningServer): Promise<void> {
  await makeFirstAdmin(page, server);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: /^Bekijk het beeld van het cohort ?: T2$/ }).click();
  await page.getByRole('link', { name: 'Maak het dagdeel klaar' }).click();
  await expect(page).toHaveURL(/\/session$/);
  await hydrated(page);
}

const places = (page: Page) => page.locator('[data-figure=session] [data-aspect]');
const whole = (page: Page) => page.getByRole('textbox', { name: 'Notitie bij het hele dagdeel' });
const codeAt = async (page: Page, index: number) => (await places(page).nth(index).getAttribute('data-aspect')) ?? '';
const noteOn = (page: Page, code: string) => page.getByLabel(`Notitie bij ${code}`);

test('a trainer swaps an aspect and writes notes, and sees what somebody else wrote meanwhile', async ({
  page,
  newVisitor,
  emptyServer,
  faults,
}) => {
  faults.allow(/409 \(Conflict\)/); // what somebody else wrote meanwhile
  await openSession(page, emptyServer);
  await expect(places(page)).toHaveCount(10);
  await look(page);
  const session = page.url();
  const code = await codeAt(page, 0);
  await noteOn(page, code).fill('Begin met een voorbeeld.');
  await places(page)
    .first()
    .getByRole('button', { name: /^Wissel/ })
    .click();
  const choice = page.getByRole('group', { name: `Wat komt er in de plaats van ${code}?` });
  await expect(choice).toBeFocused();
  await look(page);
  const other = (await choice.getByRole('radio').first().getAttribute('value')) ?? '';
  await choice.getByRole('radio').first().check();
  await choice.getByRole('button', { name: 'Zet in de plaats' }).click();
  await expect(page.locator(`[data-aspect="${other}"]`)).toContainText(`In de plaats van ${code}`);

  // Somebody else has the page open since before, without scripts: what both wrote stays to be seen.
  const storageState = await page.context().storageState();
  const second = await newVisitor({ ...phone, storageState, javaScriptEnabled: false });
  await second.goto(session);
  await expect(second.getByText('Bewaar je notities voordat je deze pagina verlaat.')).toBeVisible();
  await whole(page).fill('Van de een');
  await page.getByRole('button', { name: 'Bewaar de notities' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^\s*Bewaard\.\s*$/ })).toBeVisible();
  await whole(second).fill('Van de ander');
  await second.getByRole('button', { name: 'Bewaar de notities' }).click();
  await expect(second.getByText('Intussen schreef een ander hier: “Van de een”.')).toBeVisible();
  await expect(whole(second)).toHaveValue('Van de ander');

  await page.getByRole('button', { name: `Zet ${code} terug` }).click();
  await expect(places(page).first()).toHaveAttribute('data-aspect', code);
  await expect(noteOn(page, code)).toHaveValue('Begin met een voorbeeld.');
});

test('what can be swapped in is searched by word and competency, without scripts too, and two sheets are taken along', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  await openSession(page, emptyServer);
  const session = page.url();
  const code = await codeAt(page, 0);
  await expect(places(page).first().locator('.nr')).toHaveText('1');
  await places(page)
    .first()
    .getByRole('button', { name: /^Wissel/ })
    .click();
  const choiceOn = (on: Page) => on.getByRole('group', { name: `Wat komt er in de plaats van ${code}?` });
  const options = (on: Page) => choiceOn(on).getByRole('radio');
  await hydrated(page);
  const own = await options(page).count();
  await choiceOn(page).getByLabel('Competentie').selectOption('');
  await expect.poll(() => options(page).count()).toBeGreaterThan(own);
  await choiceOn(page).getByLabel('Zoek op een woord').fill('ouders');
  await expect.poll(() => options(page).count()).toBeLessThan(own);
  const found = await options(page).count();
  expect(found).toBeGreaterThan(0);
  await look(page);
  for (const each of await choiceOn(page).locator('label.pick').allTextContents()) {
    expect(each.toLowerCase()).toContain('ouders');
    expect(each).toMatch(/scholen|antwoorden|kon dit niet beoordelen|school tot school/); // each with its reason
  }

  const storageState = await page.context().storageState();
  const second = await newVisitor({ ...phone, storageState, javaScriptEnabled: false });
  await second.goto(session);
  await whole(second).fill('Blijft staan');
  await places(second)
    .first()
    .getByRole('button', { name: /^Wissel/ })
    .click();
  await choiceOn(second).getByLabel('Competentie').selectOption('');
  await choiceOn(second).getByLabel('Zoek op een woord').fill('ouders');
  await choiceOn(second).getByLabel('Zoek op een woord').press('Enter');
  await expect(choiceOn(second).getByRole('status')).toContainText(`${found} van de `);
  await expect(options(second)).toHaveCount(found);
  await expect(whole(second)).toHaveValue('Blijft staan');
  const width = await second.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(phone.viewport.width);

  await page.goto(session);
  const pages = await pdfPages(new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true })));
  expect(pages).toHaveLength(2);
  for (const each of ['De basis: Doelgericht communiceren', 'Cohort Rivierenrand (voorbeeld), na meting T2', 'Datum']) {
    expect(pages[0]).toContain(each);
  }
  expect(pages.join(' ')).not.toContain('Wissel');

  // There from the round, and on to a pulse about its aspects.
  await page.getByRole('link', { name: 'Meting T2', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Stel andere formuleringen voor' })).toBeVisible();
  await page.getByRole('link', { name: 'Maak het dagdeel klaar' }).click();
  await expect(page).toHaveURL(session);
  await page.getByRole('link', { name: 'Plan een korte meting over deze stellingen' }).click();
  await expect(page.getByRole('checkbox', { checked: true, includeHidden: true })).toHaveCount(10);
  await expect(page.locator(`input[name=aspect][value="${code}"]`)).toBeChecked();
});

test('notes keep themselves: nothing that was typed is lost by leaving the page, nor written over another’s', async ({
  page,
  newVisitor,
  emptyServer,
  faults,
}) => {
  faults.allow(/ERR_FAILED .*session\?\/keep/); // where the connection is cut below
  await openSession(page, emptyServer);
  const [first, next] = [await codeAt(page, 0), await codeAt(page, 1)];

  // A link, at once, and Back; then a reload.
  await noteOn(page, first).fill('Begin met een voorbeeld.');
  await page.getByRole('link', { name: 'Beeld van het cohort' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goBack();
  await expect(noteOn(page, first)).toHaveValue('Begin met een voorbeeld.');
  await noteOn(page, next).fill('Dan in drietallen.');
  await expect(page.getByText('Je notities zijn bewaard.')).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(noteOn(page, next)).toHaveValue('Dan in drietallen.');

  // Without a connection it says so, and tries again.
  await page.route('**/session?/keep', (route) => route.abort());
  await whole(page).fill('Onderweg');
  await expect(page.getByText('Nog niet alles is bewaard')).toBeVisible();
  await expect(page.locator('form.training')).toHaveAttribute('data-save-state', 'failed');
  await page.unroute('**/session?/keep');
  await expect(page.locator('form.training')).toHaveAttribute('data-save-state', 'kept', { timeout: 15_000 });

  // A second trainer, in the same note.
  const storageState = await page.context().storageState();
  const second = await newVisitor({ storageState });
  await second.goto(page.url());
  await hydrated(second);
  await whole(page).fill('Van de een');
  await expect(page.locator('form.training')).toHaveAttribute('data-save-state', 'kept');
  await whole(second).fill('Van de ander');
  await expect(second.getByText('Intussen schreef een ander hier: “Van de een”.')).toBeVisible();
  await look(second);
  await second.getByRole('link', { name: 'Beeld van het cohort' }).click();
  await expect(whole(second)).toBeFocused(); // not left before a text was chosen
  await second.getByRole('button', { name: 'Laat de tekst van de ander staan' }).click();
  await expect(whole(second)).toHaveValue('Van de een');
  await whole(second).fill('Van ons samen');
  await expect(second.locator('form.training')).toHaveAttribute('data-save-state', 'kept');
  await page.reload();
  await expect(whole(page)).toHaveValue('Van ons samen');
});
