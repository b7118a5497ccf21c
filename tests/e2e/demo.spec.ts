import { expect, hydrated } from '../support/browser.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** From the choice at set-up to an empty Drieluik again, on a server that no other test uses. */
test('the examples are loaded at set-up, marked on every page, and removed', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(120_000);
  const band = page.locator('[data-demonstration]');

  await makeFirstAdmin(page, emptyServer);
  await expect(band).toHaveCount(0);

  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).dblclick();
  await expect(page).toHaveURL(/\/cohorts$/);
  await expect(page.locator('h2 a[href^="/cohorts/"]')).toHaveCount(4);
  await expect(band).toContainText('verzonnen');
  await look(page);

  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rivierenrand (voorbeeld)');
  await expect(band).toHaveText('Voorbeeld. School, mensen en antwoorden zijn verzonnen.');
  await look(page);

  // A rater's page, without scripts.
  await page.getByRole('link', { name: 'T3', exact: true }).click();
  await page.getByRole('row').nth(1).getByRole('link').click(); // the first school
  await page.getByRole('button', { name: 'Toon alle links van deze school' }).first().click();
  const links = await page.getByLabel(/^Alle links van/).inputValue();
  const rater = await newVisitor({ javaScriptEnabled: false });
  await rater.goto(/https?:\S+/.exec(links)?.[0] ?? '');
  await expect(rater.locator('[data-demonstration=shown]')).toBeVisible();
  await rater.locator('main form button').first().click();
  await rater.locator('main .acts a.btn').click();
  await expect(rater).toHaveURL(/\/form\/[\w-]+\/C\d$/);
  await expect(rater.locator('[data-demonstration=shown]')).toBeVisible();

  await page.goto('/admin');
  await page.getByRole('link', { name: 'Haal de voorbeelden weg' }).click();
  await look(page);
  await page.getByRole('button', { name: 'Ja, haal alles weg' }).click();
  await expect(page).toHaveURL(/\/admin(#examples)?$/);
  await expect(page.getByRole('link', { name: 'Laad de voorbeelden' })).toBeVisible();
  await expect(band).toHaveCount(0);
  await page.getByRole('link', { name: 'Cohorten' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hier is het nog leeg.');

  // And again, without scripts: the button alone will do.
  const state = await page.context().storageState();
  const plain = await newVisitor({ javaScriptEnabled: false, storageState: state });
  await plain.goto('/admin/examples');
  await plain.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await expect(plain).toHaveURL(/\/cohorts$/);
});
