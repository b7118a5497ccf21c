import { expect, hydrated } from '../support/browser.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** With the examples, on a server that no other test uses. */
test('a trainer lays a round beside an earlier one, another cohort and a school', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  await makeFirstAdmin(page, emptyServer);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: /^Bekijk het beeld van het cohort ?: T2$/ }).click();
  await page.getByRole('link', { name: 'Vergelijk met een eerdere meting of een ander cohort' }).click();
  await expect(page.getByRole('heading', { name: 'Wat is er veranderd tussen T1 en T2?' })).toBeVisible();
  await expect(page.locator('[data-figure=differences] [data-code]')).toHaveCount(4);
  await expect(page.locator('[data-figure=dropped] tbody tr').first()).toBeVisible();
  await look(page);

  const choice = page.getByLabel('Vergelijk met');
  await choice.selectOption({ label: 'Kuststreek (voorbeeld), meting T2' });
  await choice.press('Tab');
  await page.keyboard.press('Enter');
  const other = 'Waar verschilt Kuststreek (voorbeeld) van Rivierenrand (voorbeeld)?';
  await expect(page.getByRole('heading', { name: other })).toBeVisible();
  await look(page);
  const address = page.url();

  // What cannot be shown says why in the choice; an address that was kept says it in full.
  const refused = page.getByRole('option', { name: 'De Venen (voorbeeld), meting T2 (te weinig scholen)' });
  await expect(refused).toBeDisabled();
  await page.goto(`${address.split('?')[0]}?with=${await refused.getAttribute('value')}`);
  await expect(page.locator('p[data-withheld=too_few_schools]')).toContainText('ten minste 5 scholen');
  await expect(page.locator('[data-figure=differences]')).toHaveCount(0);
  await look(page);
  await hydrated(page);

  await choice.selectOption({ label: 'De Bolderik, Grootveen' });
  await page.getByRole('button', { name: 'Laat zien' }).click();
  await expect(page.locator('[data-figure=school] [data-code]')).toHaveCount(4);
  await look(page);

  // The address says it all: another day, and without scripts, it shows the same.
  const storageState = await page.context().storageState();
  const still = await newVisitor({ storageState, javaScriptEnabled: false, colorScheme: 'dark' });
  await still.goto(address);
  await expect(still.getByRole('heading', { name: other })).toBeVisible();
  await expect(still.locator('[data-figure=differences] svg use').first()).toBeVisible();
  await still.getByLabel('Vergelijk met').selectOption({ label: 'Meting T0' });
  await still.getByRole('button', { name: 'Laat zien' }).click();
  await expect(still.getByRole('heading', { name: 'Wat is er veranderd tussen T0 en T2?' })).toBeVisible();
});
