import { createAuth, signInLink } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import * as make from '../support/factories.ts';
import { look } from './look.ts';
import { setUpSecondStep } from './staff-ways.ts';
import { expect, test } from './world.ts';

test('a trainer signs in with a link, sets up the second step, loses the phone, and signs out everywhere', async ({
  page,
  newVisitor,
  world,
  server,
  faults,
}) => {
  test.setTimeout(90_000);
  faults.allow(/status of (400|429)/);
  const { userId } = await make.makeTrainer(world.db);
  const user = world.db.selectFrom('user').select('email').where('id', '=', userId);
  const { email } = await user.executeTakeFirstOrThrow();
  const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const auth = createAuth(world.db, config);
  const link = () => signInLink(auth, config.publicUrl, email);

  await page.goto('/sign-in');
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByRole('button', { name: 'Mail mij een inloglink' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kijk in je mail');
  await look(page);
  const asked = world.db.selectFrom('mail').select('template').where('user_id', '=', userId);
  expect(await asked.execute()).toEqual([{ template: 'sign_in' }]);

  await page.goto(await link());
  await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await expect(page).toHaveURL(/\/second-step\b/);
  await page.goto('/cohorts');
  const { app, recoveryCodes } = await setUpSecondStep(page);
  await expect(page).toHaveURL(/\/cohorts$/);

  await page.getByRole('link', { name: /^Mijn account/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mijn account');
  await expect(page.getByText('dit apparaat')).toBeVisible();
  await look(page);

  await page.getByRole('link', { name: 'Stel een wachtwoord in' }).click();
  await page.getByLabel('Nieuw wachtwoord').fill('wachtwoord123');
  await page.getByRole('button', { name: 'Bewaar het wachtwoord' }).click();
  await expect(page.getByText('makkelijk te raden')).toBeVisible();
  await look(page);
  await page.getByLabel('Nieuw wachtwoord').fill('vier kale bomen in november');
  await page.getByRole('button', { name: 'Bewaar het wachtwoord' }).click();
  await expect(page.getByRole('status')).toContainText('Je wachtwoord is bewaard');

  // Another device, without scripts.
  const other = await newVisitor({ javaScriptEnabled: false });
  await other.goto('/sign-in');
  await other.getByLabel('E-mailadres').fill(email);
  await other.getByText('Ik log in met een wachtwoord').click();
  await other.getByLabel('Wachtwoord', { exact: true }).fill('vier kale bomen in november');
  await other.getByRole('button', { name: 'Inloggen met wachtwoord' }).click();
  await expect(other.getByLabel('Code van zes cijfers')).toBeVisible();
  await other.getByLabel('Code van zes cijfers').fill('12 34');
  await other.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await expect(other.getByRole('alert')).toContainText('De code heeft zes cijfers');
  await other.getByText('Ik heb mijn telefoon niet').click();
  await other.getByLabel('Herstelcode').fill('aaaaa-aaaaa');
  await other.getByRole('button', { name: 'Log in met herstelcode' }).click();
  await expect(other.getByRole('alert')).toContainText('Deze herstelcode klopt niet');
  await expect(other.getByLabel('Herstelcode')).toBeVisible();
  await other.getByLabel('Herstelcode').fill(recoveryCodes[0] ?? '');
  await other.getByRole('button', { name: 'Log in met herstelcode' }).click();
  await expect(other.getByRole('status')).toHaveText('Je hebt nog 9 herstelcodes.');

  await other.getByRole('link', { name: 'Ander toestel of nieuwe herstelcodes' }).click();
  await other.getByRole('button', { name: 'Maak nieuwe herstelcodes' }).click();
  await expect(other.locator('.codes code')).toHaveCount(10);

  await page.goto('/account');
  await page.getByRole('link', { name: 'Overal uitloggen' }).click();
  await look(page);
  await page.getByRole('button', { name: 'Log mij overal uit' }).click();
  await expect(page.getByRole('status')).toContainText('Je bent overal uitgelogd');
  await look(page);
  for (const gone of [page, other]) {
    await gone.goto('/cohorts');
    await expect(gone).toHaveURL(/\/sign-in\?to=%2Fcohorts$/);
  }

  await page.goto(await link());
  await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await page.getByLabel('Code van zes cijfers').fill(await app.code());
  await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await expect(page).toHaveURL(/\/cohorts$/);
});
