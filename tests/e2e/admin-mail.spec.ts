import { expect, expectAccessible, hydrated } from '../support/browser.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

test('without a mail server the page of mail says so, and shows what the server does by itself', async ({
  page,
  emptyServer,
}) => {
  await makeFirstAdmin(page, emptyServer);
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Mail en taken', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mail en taken');
  await expect(page.getByText('Mail is nog niet ingesteld.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stuur mij een proefmail' })).toHaveCount(0);
  await expect(page.getByText('Opruimen wat verlopen is')).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
});
