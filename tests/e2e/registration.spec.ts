import type { Page } from '@playwright/test';
import { readConfig } from '#lib/server/config.ts';
import { registrationToken } from '#lib/server/ids.ts';
import * as make from '../support/factories.ts';
import { register, school } from '../support/registering.ts';
import { signedInCookie } from '../support/session.ts';
import { look, phone } from './look.ts';
import { expect, hydrated, test } from './world.ts';

/** Fills in the form of a school that comes as a pair, or with the IB'er alone. */
async function fill(page: Page, name: string, { pair = false } = {}): Promise<void> {
  const key = name.toLowerCase().replaceAll(' ', '-');
  await page.locator('input[name=school]').fill(name);
  await page.locator('input[name=ibName]').fill(`Ib ${name}`);
  await page.locator('input[name=ibEmail]').fill(`ib@${key}.example`);
  if (!pair) return;
  await page.locator('input[name=directorName]').fill(`Dir ${name}`);
  await page.locator('input[name=directorEmail]').fill(`dir@${key}.example`);
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a trainer opens registration, schools register, and places are given; who withdraws makes room', async ({
  page,
  newVisitor,
  server,
  world,
  faults,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  faults.allow(/status of 400/); // a form that is not complete
  const { secret } = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const cohort = await make.makeCohort(world.db, { secret, name: 'Koppels aan de Maas' });
  const [name = '', value = ''] = (await signedInCookie(world.db, secret, cohort.trainer.userId)).split(/=(.*)/);
  await page.context().addCookies([{ name, value, url: server.url }]);

  await page.goto(`/cohorts/${cohort.id}`);
  await page.getByRole('link', { name: 'Aanmelding' }).click();
  await look(page);
  await page.getByRole('link', { name: 'Open de aanmelding' }).click();
  await page.getByLabel('Meeste aantal deelnemers').fill('3');
  await page.getByLabel('Minste aantal deelnemers').fill('2');
  await page.getByRole('radio', { name: /^Ja, liefst als koppel/ }).check();
  await page.getByLabel('Laatste dag om aan te melden').fill(inDays(20));
  await page.getByLabel('Eerste dag van de leergang').fill(inDays(40));
  await page.getByLabel('Over de leergang').fill('Zes middagen over samenwerken.');
  await look(page);
  await page.getByRole('button', { name: 'Open de aanmelding' }).click();
  await hydrated(page);
  await page.getByRole('button', { name: 'Maak de link' }).click();
  const link = await page.getByLabel('Link om een school aan te melden').inputValue();

  const first = await newVisitor(phone);
  await first.goto(link);
  await look(first);
  await first.getByRole('button', { name: 'Naar het aanmelden' }).click();
  await expect(first).toHaveURL(`${server.url}/register/${cohort.id}`);
  await hydrated(first);
  await fill(first, 'De Linde');
  await first.getByRole('button', { name: 'Meld aan' }).click();
  await expect(first.getByRole('alert')).toContainText('Zet hier een vinkje');
  await look(first);
  await first.getByLabel('Iedereen die ik hier opgeef').check();
  await first.getByRole('button', { name: 'Meld aan' }).click();
  await expect(first.getByRole('status')).toContainText('De aanmelding is ontvangen');
  await look(first);

  const second = await newVisitor({ javaScriptEnabled: false });
  await second.goto(link);
  await second.getByRole('button', { name: 'Naar het aanmelden' }).click();
  await fill(second, 'De Klimop', { pair: true });
  await second.getByLabel('Iedereen die ik hier opgeef').check();
  await second.getByRole('button', { name: 'Meld aan' }).click();
  await expect(second.getByText('Alle plaatsen zijn gevraagd.')).toBeVisible();
  const third = await register(world.db, cohort, link.split('/').at(-1) ?? '', school('De Brink'), new Date());

  await page.reload();
  await expect(page.locator('ol.people li')).toContainText(['De Klimop', 'De Linde', 'De Brink']);
  await look(page);
  await page.getByRole('button', { name: 'Geef deze 2 scholen een plaats' }).click();
  await expect(page.getByRole('status').first()).toContainText('De plaatsen zijn gegeven');
  await expect(page.getByRole('heading', { name: 'Op de wachtlijst: 1 school' })).toBeVisible();
  await look(page);

  const own = await newVisitor();
  await own.goto(`/r/${third.token}`);
  await own.getByRole('button', { name: 'Bekijk de aanmelding' }).click();
  await expect(own.getByText('Jullie staan op de wachtlijst.')).toBeVisible();
  await look(own);
  const { id } = await world.db
    .selectFrom('registration_entry')
    .select('id')
    .where('cohort_id', '=', cohort.id)
    .where('school_name', '=', 'De Linde')
    .executeTakeFirstOrThrow();
  await own.goto(`/r/${registrationToken(secret, id, 1)}`);
  await own.getByRole('button', { name: 'Bekijk de aanmelding' }).click();
  await own.getByRole('link', { name: 'Trek deze aanmelding in' }).click();
  await look(own);
  await own.getByRole('button', { name: 'Trek in' }).click();
  await expect(own.getByText('De namen en adressen zijn gewist.').first()).toBeVisible();
  await look(own);

  await page.goto(`/cohorts/${cohort.id}/registration`);
  await expect(page.getByText('De school staat nog in het cohort.')).toBeVisible();
  await page.getByRole('button', { name: 'Geef deze school een plaats' }).click();
  await expect(page.getByRole('heading', { name: 'Met een plaats: 2 scholen' })).toBeVisible();
});
