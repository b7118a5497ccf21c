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
  await page.goto(`${emptyServer.url}/admin`);
  await page.getByRole('link', { name: 'Vul de privacypagina aan' }).click();
  await expect(page.getByText('De privacypagina is nog niet volledig.')).toBeVisible();
  await page.getByLabel('Verantwoordelijk bestuur').fill('Stichting De Brug');
  await page.getByLabel('E-mailadres van het bestuur').fill('bestuur@debrug.example');
  await page.getByLabel('E-mailadres van de functionaris gegevensbescherming').fill('aan de balie');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('alert')).toContainText('Dit lijkt geen e-mailadres.');
  await look(page);
  await page.getByLabel('E-mailadres van de functionaris gegevensbescherming').fill('fg@debrug.example');
  await page
    .getByLabel('Wie waarvoor verantwoordelijk is')
    .fill('Elk bestuur voor het eigen personeel.\nBureau Samen voor zijn leergang.');
  await page.getByRole('radio', { name: /^Gerechtvaardigd belang/ }).check();
  await page.getByLabel('Waarom', { exact: true }).fill('Wie begeleidt, leert van wat collega’s zien.');
  await page.getByLabel('Instemming van de medezeggenschapsraad').fill('2026-10-05');
  await page.getByLabel('Server bij').fill('Hostbedrijf, Nederland');
  await page.getByLabel('Mail via').fill('Postbedrijf');
  await page.getByLabel('Trainers werken bij').fill('Bureau Samen');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('status')).toHaveText('Bewaard.');
  await expect(page.getByText('De privacypagina is nog niet volledig.')).toBeHidden();
  await expect(page.getByLabel('Wie waarvoor verantwoordelijk is')).toHaveValue(/personeel\.\nBureau/);
  await look(page);

  await visitor.reload();
  await expect(visitor.getByText('Met vragen over je gegevens kun je terecht bij Stichting De Brug.')).toBeVisible();
  await expect(visitor.getByRole('link', { name: 'fg@debrug.example' })).toHaveAttribute(
    'href',
    'mailto:fg@debrug.example',
  );
  await expect(visitor.getByText(/gerechtvaardigd belang.*Wie begeleidt, leert/)).toBeVisible();
  await expect(visitor.getByText('heeft hiermee ingestemd op 05-10-2026.')).toBeVisible();
  await look(visitor);
  await page.getByRole('link', { name: 'Bekijk de privacypagina' }).click();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Beheer' })).toBeVisible();
  await visitor.emulateMedia({ media: 'print' });
  await expect(visitor.getByText(/\/privacy, zoals het er stond op/)).toBeVisible();
  await expect(visitor.getByRole('contentinfo')).toBeHidden();
  await visitor.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await expectAccessible(visitor);
});
