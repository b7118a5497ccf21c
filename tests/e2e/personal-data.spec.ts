import { expect, hydrated } from '../support/browser.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

test('an administrator looks somebody up, erases them by typing the name, and sees the backups', async ({
  page,
  emptyServer,
}) => {
  await makeFirstAdmin(page, emptyServer);
  await page.goto('/admin/people');
  await page.getByLabel('Naam', { exact: true }).fill('Bram de Vries');
  await page.getByLabel('E-mailadres').fill('bram@voorbeeld.example');
  await page.getByRole('checkbox', { name: /^Trainer/ }).check();
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await page.getByRole('link', { name: 'Persoonsgegevens', exact: true }).click();
  await page.getByLabel('Naam of e-mailadres').fill('bram');
  await page.getByRole('button', { name: 'Zoek' }).click();
  await look(page);
  await page.getByRole('link', { name: 'Bram de Vries' }).click();
  await hydrated(page);
  await look(page);
  await page.getByRole('link', { name: 'Bekijk wat er dan weggaat' }).click();
  await look(page);
  await page.getByLabel('Typ ‘Bram de Vries’').fill('Bram de Vries');
  await page.getByRole('button', { name: 'Verwijder alles van Bram de Vries' }).click();
  await expect(page.getByText('In Drieluik staat niets meer op naam van deze persoon')).toBeVisible();
  await page.getByRole('link', { name: 'Reservekopieën', exact: true }).click();
  await page.getByRole('button', { name: 'Nu een kopie maken' }).click();
  await expect(page.getByText('Gevraagd.')).toBeVisible();
  await look(page);
});
