import type { Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import { look } from './look.ts';
import { names, passDays, setUp, test } from './trainer-ways.ts';

/** A day so many days from today, as a date field takes it. */
const dayAhead = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date(Date.now() + days * 86_400_000));

test('a trainer runs a round without scripts: plan, open, remind, extend, close, reopen, release', async ({
  page,
  browser,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  const cohort = await setUp(page, emptyServer);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    locale: 'nl-NL',
  });
  const plain: Page = await context.newPage();
  const press = (name: string) => plain.getByRole('button', { name }).click();
  const title = plain.getByRole('heading', { level: 1 });

  await plain.goto(`${cohort}/rounds/new`);
  await plain.getByLabel('Sluit aan het eind van').fill(dayAhead(12));
  await press('Plan de meting');
  const [round = ''] = plain.url().split('?'); // without scripts the address keeps saying what was done
  await plain.getByRole('link', { name: 'Controleer en open' }).click();
  await expect(plain.getByText('er gaat nu niets uit. 3 mails wachten')).toBeVisible();
  await press('Open de meting');
  await expect(title).toHaveText('Meting T0 loopt');

  await plain.emulateMedia({ media: 'print' });
  await expect(plain.getByRole('table')).toBeVisible();
  for (const pressed of ['button', 'navigation'] as const) await expect(plain.getByRole(pressed)).toHaveCount(0);
  await plain.emulateMedia({ media: 'screen' });

  await passDays(emptyServer, 3);
  await plain.goto(`${round}/remind`);
  await expect(plain.locator('.points li').first()).toContainText(names.director);
  await press('Verstuur 3 herinneringen');
  await expect(plain.locator('#mails')).toContainText('3 mails wachten');

  await plain.getByRole('link', { name: 'Verleng of wijzig' }).click();
  await plain.getByLabel('Sluit aan het eind van').fill(dayAhead(20));
  await press('Bewaren');
  await expect(title).toHaveText('Meting T0 loopt');

  await plain.goto(`${round}/close`);
  await press('Sluit de meting');
  await expect(plain.locator('.people li', { hasText: names.director })).toContainText('niet verzonden');
  await expect(plain.locator('.people')).not.toContainText(/nog niet|nodig/);
  await plain.getByRole('link', { name: 'Open opnieuw' }).click();
  await plain.getByLabel('Sluit aan het eind van').fill(dayAhead(5));
  await press('Open de meting opnieuw');
  await expect(title).toHaveText('Meting T0 loopt');
  await plain.goto(`${round}/close`);
  await press('Sluit de meting');
  await plain.getByRole('link', { name: 'Geef dit rapport vrij' }).click(); // nobody submitted
  await plain.getByRole('checkbox').check();
  await press('Geef vrij');
  await expect(plain.getByText('Rapport vrijgegeven op')).toBeVisible();
  await context.close();
  await page.goto(round);
  await look(page);
});
