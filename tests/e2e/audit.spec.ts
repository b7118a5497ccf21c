import { expect } from '../support/browser.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** On a server that no other test uses. */
test('an administrator reads, narrows and downloads the log, with and without scripts', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  await makeFirstAdmin(page, emptyServer);
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Logboek' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logboek');
  await expect(page.locator('.log > li').first()).toContainText('heeft ingelogd');
  await look(page);

  const plain = await newVisitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto('/admin/audit');
  await plain.locator('select[name=action]').selectOption({ label: 'heeft een account gemaakt' });
  await plain.getByRole('button', { name: 'Toon' }).click();
  await expect(plain).toHaveURL(/action=account\.created/);
  await expect(plain.locator('.log > li')).toHaveCount(1);
  const file = plain.waitForEvent('download');
  await plain.getByRole('link', { name: 'Download deze keuze' }).click();
  expect((await file).suggestedFilename()).toBe('logboek.csv');

  await plain.getByRole('link', { name: 'Toon weer alles' }).click();
  await expect(plain.locator('.log > li').first()).toContainText('heeft het logboek gedownload');
  await page.goto('/admin/audit?until=2020-01-01');
  await expect(page.getByText('Bij deze keuze is er niets gevonden.')).toBeVisible();
  await look(page);
});
