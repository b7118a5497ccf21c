import type { Page } from '@playwright/test';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../support/factories.ts';
import { choice, radio, saved } from './form-page.ts';
import { look } from './look.ts';
import type { School, World } from './world.ts';
import { expect, expectAccessible, hydrated, test } from './world.ts';

/** The page on which the IB'er looks back, from the second round on, once the form is submitted. */

/** A school in its second round, whose IB'er has submitted. @returns the IB'er's link and the round */
async function lookingBack(world: World): Promise<{ school: School; roundId: string; link: string }> {
  const school = await world.school();
  await rounds.close(world.db, school.cohort.trainer, school.roundId);
  const second = await make.openRound(world.db, school.cohort);
  const ib = make.inRole(second.invited, 'ib');
  await make.fillAndSubmit(world.db, ib);
  return { school, roundId: second.id, link: school.linkOf('ib').replace(/[^/]+$/, ib.token) };
}

/** Through the personal link to the page. @returns the address of the form */
async function open(page: Page, link: string): Promise<string> {
  await page.goto(link);
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/(receipt|look-back)$/);
  const form = page.url().replace(/\/[^/]+$/, '');
  await page.goto(`${form}/look-back`);
  return form;
}

test('each number is saved as it is given, survives Stop, and is told on the receipt', async ({ page, world }) => {
  const { link } = await lookingBack(world);
  const form = await open(page, link);
  await hydrated(page);
  await expect(page.locator('.look-back legend').first()).toContainText('terug naar de start');
  await expect(page.getByText('van de afgelopen weken')).toHaveCount(0);
  await expect(page.locator('.save')).toHaveText('Opgeslagen');
  await choice(page, 'then.C1', '4').click();
  await saved(page);
  await look(page);
  await page.getByRole('button', { name: 'stoppen' }).click();
  await expect(page).toHaveURL(/\/stopped$/);

  await open(page, link);
  await hydrated(page);
  await expect(radio(page, 'then.C1', '4')).toBeChecked();
  await choice(page, 'then.C1', '3').click();
  await choice(page, 'then.C2', '0').click();
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await hydrated(page);
  await expect(radio(page, 'then.C2', '0')).toBeChecked();
  await page.getByRole('button', { name: 'Schakel over naar het Nederlands' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page).toHaveURL(`${form}/receipt#look-back`);
  await expect(page.getByText('Je hebt bij 2 van de 4 vragen teruggekeken.')).toBeVisible();
  await expect(page.locator('.own dl > div', { hasText: 'terug naar de start' })).toHaveCount(2);
  await expect(page.locator('.own dl > div', { hasText: 'terug naar de start' }).first()).toContainText('3');
  await look(page);
});

test('a number that was given without connection waits here, and goes when it is back', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const { link } = await lookingBack(world);
  await open(page, link);
  await hydrated(page);
  await context.setOffline(true);
  await choice(page, 'then.C3', '6').click();
  await expect(page.locator('.save')).toHaveText('1 wacht');
  await expect(page.locator('#then-C3').getByText('Wacht op verbinding')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.locator('.stuck')).toContainText('er is nu geen verbinding. Je kunt deze pagina gerust sluiten');
  await expect(page.getByText('Er is even geen verbinding.'), 'one message at a time').toBeHidden();
  await page.close({ runBeforeUnload: false });

  await context.setOffline(false);
  const later = await context.newPage();
  await open(later, link);
  await expect(radio(later, 'then.C3', '6')).toBeChecked();
  await saved(later);
  await later.reload();
  await expect(radio(later, 'then.C3', '6')).toBeChecked();
});

test('a number that is refused is said to be at its question, and can be let go', async ({ page, world, faults }) => {
  faults.allow(/status of 409/);
  const { school, roundId, link } = await lookingBack(world);
  await open(page, link);
  await hydrated(page);
  await rounds.close(world.db, school.cohort.trainer, roundId);
  await choice(page, 'then.C1', '4').click();
  await expect(page.locator('#then-C1 .fault')).toContainText('Deze meting is gesloten.');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.locator('.stuck')).toContainText('Kijk bij de melding');
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page).toHaveURL(/\/receipt/);
});

test('without scripts every button sends the numbers along', async ({ newVisitor, world }) => {
  const page = await newVisitor({ javaScriptEnabled: false });
  const { link } = await lookingBack(world);
  await open(page, link);
  await choice(page, 'then.C1', '7').click();
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(radio(page, 'then.C1', '7')).toBeChecked();
  await choice(page, 'then.C2', '8').click();
  await page.locator('button[value=stop]').click();
  await expect(page).toHaveURL(/\/stopped$/);
  await open(page, link);
  await expect(radio(page, 'then.C1', '7')).toBeChecked();
  await expect(radio(page, 'then.C2', '8')).toBeChecked();
  await radio(page, 'then.C3', '5').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page, 'Enter is the button of the form, not of the language').toHaveURL(/\/receipt/);
  await expect(page.locator('.next')).toContainText('3');
});
