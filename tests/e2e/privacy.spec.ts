import { look } from './look.ts';
import { expect, expectAccessible, hydrated } from '../support/browser.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

test('the privacy page says whom to ask once the administrator has filled it in; every page leads there', async ({
  page,
  emptyServer,
  newVisitor,
  faults,
}) => {
  faults.allow(/status of 400/);
  const visitor = await newVisitor();
  await visitor.goto(`${emptyServer.url}/sign-in`);
  await visitor.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).click();
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Wat er met je gegevens gebeurt');
  await expect(visitor.getByText('Vraag het bestuur waar je met een vraag terechtkunt.')).toBeVisible();
  await hydrated(visitor);
  await look(visitor);

  await makeFirstAdmin(page, emptyServer);
  await page.goto(`${emptyServer.url}/admin/privacy`);
  await expect(page.getByText('De privacypagina is nog niet compleet.')).toBeVisible();
  await page.getByLabel('Verantwoordelijk bestuur').fill('Stichting De Brug');
  await page.getByLabel('E-mailadres van het bestuur').fill('bestuur@debrug.example');
  await page.getByLabel('E-mailadres van de functionaris gegevensbescherming').fill('aan de balie');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('alert')).toContainText('Dit lijkt geen e-mailadres.');
  await look(page);
  await page.getByLabel('E-mailadres van de functionaris gegevensbescherming').fill('fg@debrug.example');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('status')).toHaveText('Bewaard.');
  await look(page);

  await visitor.reload();
  await expect(visitor.getByText('Stichting De Brug is verantwoordelijk voor je gegevens.')).toBeVisible();
  await expect(visitor.getByRole('link', { name: 'fg@debrug.example' })).toHaveAttribute(
    'href',
    'mailto:fg@debrug.example',
  );
  await visitor.emulateMedia({ media: 'print' });
  await expect(visitor.getByRole('contentinfo')).toBeHidden();
  await visitor.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await expectAccessible(visitor);
});
