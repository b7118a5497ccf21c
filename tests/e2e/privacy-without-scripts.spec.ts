import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import { names, setUp, test } from './trainer-ways.ts';

test('privacy, erasing, backups and the own data work without scripts', async ({ page, browser, emptyServer }) => {
  test.skip(test.info().project.name === 'phone', 'is about scripts, not about widths');
  test.setTimeout(180_000);
  await setUp(page, emptyServer);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    locale: 'nl-NL',
  });
  const plain: Page = await context.newPage();
  const at = (path: string) => plain.goto(`${emptyServer.url}${path}`);
  const press = (name: string) => plain.getByRole('button', { name }).click();
  const title = plain.getByRole('heading', { level: 1 });

  // Whom the privacy page names: a fault comes back at its field with what was typed, and then it stands there.
  await at('/admin/privacy');
  await plain.getByLabel('Verantwoordelijk bestuur').fill('Stichting De Brug');
  await plain.getByLabel('E-mailadres van het bestuur').fill('bij de balie');
  await press('Bewaren');
  await expect(plain.getByRole('alert')).toContainText('Dit lijkt geen e-mailadres.');
  await expect(plain.getByLabel('Verantwoordelijk bestuur')).toHaveValue('Stichting De Brug');
  await plain.getByLabel('E-mailadres van het bestuur').fill('bestuur@debrug.example');

  // Another administrator was first: that is said, and what was typed is there still.
  await page.goto(`${emptyServer.url}/admin/privacy`);
  await page.getByLabel('Verantwoordelijk bestuur').fill('Stichting De Sluis');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('status')).toHaveText('Bewaard.');
  await press('Bewaren');
  await expect(plain.getByRole('alert')).toContainText('Dit is intussen gewijzigd');
  await expect(plain.getByLabel('Verantwoordelijk bestuur')).toHaveValue('Stichting De Brug');
  await press('Bewaren');
  await expect(plain.getByText('Bewaard.')).toBeVisible();
  await at('/privacy');
  await expect(plain.getByText('Stichting De Brug is verantwoordelijk voor je gegevens')).toBeVisible();

  // How long things stay, which the privacy page then says.
  await at('/admin/privacy/retention');
  await plain.getByRole('link', { name: /^Wijzigen/ }).click();
  await plain.getByLabel('Aantal maanden daarna').fill('zes');
  await press('Bewaren');
  await expect(plain.getByRole('alert')).toContainText('Vul een heel getal in');
  await plain.getByLabel('Aantal maanden daarna').fill('6');
  await press('Bewaren');
  await expect(plain.getByText('Blijft daarna: 6 maanden')).toBeVisible();
  await at('/privacy');
  await expect(plain.getByText('gaan 6 maanden na het einde van de leergang weg.')).toBeVisible();
  await expect(plain.getByText('hoogstens 186 dagen')).toBeVisible();

  // Looking somebody up and erasing them; a wrong name erases nobody.
  await at('/admin/personal-data');
  await plain.getByLabel('Naam of e-mailadres').fill(names.teacher1);
  await press('Zoek');
  await plain.getByRole('link', { name: names.teacher1 }).click();
  await expect(title).toHaveText(names.teacher1);
  await plain.getByRole('link', { name: 'Bekijk wat er dan weggaat' }).click();
  await plain.getByLabel(/^Typ ‘/).fill('iemand anders');
  await press(`Verwijder alles van ${names.teacher1}`);
  await expect(plain.getByRole('alert')).toContainText('Dit is niet wat er moet staan.');
  await plain.getByLabel(/^Typ ‘/).fill(names.teacher1);
  await press(`Verwijder alles van ${names.teacher1}`);
  await expect(plain.getByText('Verwijderd. In Drieluik staat niets meer op naam')).toBeVisible();
  await plain.getByLabel('Naam of e-mailadres').fill(names.teacher1);
  await press('Zoek');
  await expect(plain.getByText('Niemand gevonden')).toBeVisible();

  await at('/admin/backups');
  await press('Nu een kopie maken');
  await expect(plain.getByText('Gevraagd. Binnen een minuut')).toBeVisible();

  // The own data, as a file of each kind.
  await at('/account');
  for (const [name, start] of [
    ['Excel', 'PK'],
    ['JSON', '{'],
  ] as const) {
    const [file] = await Promise.all([plain.waitForEvent('download'), plain.getByRole('link', { name }).click()]);
    expect(readFileSync(await file.path(), 'latin1').slice(0, start.length)).toBe(start);
  }
  await context.close();
});
