import { expect, hydrated } from '../support/browser.ts';
import { look, phone } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** What a steering group reads, on a server with the examples that no other test uses. */
test('the page of a programme answers its questions for each cohort by itself', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  await makeFirstAdmin(page, emptyServer);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await expect(page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: 'Bekijk wat er in de leergang verandert' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('meer dan bij de start');
  for (const name of ['change', 'distance', 'clarity', 'look-back', 'response']) {
    await expect(page.locator(`[data-figure=${name}]`)).toHaveCount(2);
  }
  await expect(page.getByText('De Venen (voorbeeld): minder dan vijf scholen.')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/effect/i);
  await look(page);
  await page.getByText('Dezelfde cijfers als tabel').first().click();
  await look(page);

  const state = await page.context().storageState();
  const still = await newVisitor({ ...phone, storageState: state, javaScriptEnabled: false });
  await still.goto(page.url());
  await expect(still.locator('[data-figure=change] svg.course').first()).toBeVisible();
});
