import type { Page } from '@playwright/test';
import { expect, hydrated } from '../support/browser.ts';
import { holdScripts } from './hold-scripts.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** Ticks or unticks a role by the first words of its label. */
const role = (page: Page, name: string) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) });
const account = (page: Page) => page.getByRole('list').filter({ hasText: 'tweede stap' }).getByRole('link');

test('an administrator adds somebody, gives and takes roles and takes access away, without scripts too', async ({
  page,
  emptyServer,
  newVisitor,
  faults,
}) => {
  faults.allow(/status of 400/);
  await makeFirstAdmin(page, emptyServer);
  await page.goto('/admin');
  await look(page);
  await page.getByRole('link', { name: 'Mensen en rollen', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Eén iemand met een rol' })).toBeVisible();
  await hydrated(page);
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(page.getByRole('alert')).toContainText('Naam');
  await page.getByLabel('Naam', { exact: true }).fill('Bram de Vries');
  await page.getByLabel('E-mailadres').fill('bram@voorbeeld.example');
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(page.getByRole('alert')).toContainText('Kies minstens één rol.');
  await look(page);
  await role(page, 'Beheerder').check();
  await role(page, 'Trainer').check();
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bram de Vries');
  await expect(page.getByRole('status').first()).toContainText('Het account staat erin.');

  const bram = new URL(page.url()).pathname;
  for (const part of ['', '/administrator', '/second-step', '/access']) {
    await page.goto(`${bram}${part}`);
    await look(page);
  }

  const state = await page.context().storageState();
  const plain = await newVisitor({ javaScriptEnabled: false, storageState: state });
  await plain.goto('/admin/people');
  await expect(account(plain)).toHaveText(['Bram de Vries', 'Tineke Trainer']);
  await plain.getByRole('link', { name: 'Bram de Vries' }).click();
  await plain.getByRole('button', { name: 'Maak een inloglink' }).click();
  await expect(plain.getByLabel(/Bram de Vries/)).toHaveValue(/\/sign-in\//);

  await plain.getByRole('link', { name: 'Haal de rol van beheerder weg' }).click();
  await plain.getByRole('button', { name: 'Haal de rol weg' }).click();
  await expect(plain.getByText('Dit account is geen beheerder meer.')).toBeVisible();
  await role(plain, 'Trainer').uncheck();
  await plain.getByRole('button', { name: 'Bewaar de rollen' }).click();
  await expect(plain.getByRole('alert')).toContainText('Kies minstens één rol.');

  await plain.getByRole('link', { name: 'Trek de toegang in' }).click();
  await plain.getByRole('button', { name: 'Trek de toegang in' }).click();
  await expect(plain.getByText('De toegang is ingetrokken.')).toBeVisible();
  await expect(account(plain)).toHaveText(['Tineke Trainer']);

  await account(plain).click();
  await expect(plain.getByText('Je eigen rol van beheerder kun je niet weghalen.')).toBeVisible();
  await expect(plain.getByRole('link', { name: 'Trek de toegang in' })).toHaveCount(0);
});

test('what an administrator ticks before scripts run stays ticked', async ({ page, emptyServer }) => {
  await makeFirstAdmin(page, emptyServer);
  const letScriptsGo = await holdScripts(page);
  await page.goto('/admin/people', { waitUntil: 'commit' });
  await role(page, 'Trainer').check();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await letScriptsGo();
  await expect(role(page, 'Trainer')).toBeChecked();
});
