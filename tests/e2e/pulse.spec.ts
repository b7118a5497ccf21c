import type { Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import { choice, codesOn } from './form-page.ts';
import { look, phone } from './look.ts';
import { copyLinks, openRound, setUp, test } from './trainer-ways.ts';

const ASKED = ['C1.04', 'C1.07', 'C3.02'];

/** The box of an aspect; its words are what a person points at. */
const box = (page: Page, code: string) => page.locator(`label:has(input[name="aspect"][value="${code}"])`);

/** Unfolds every competency. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('.pick:not([open]) > summary');
  for (let left = await folded.count(); left > 0; left--) await folded.first().click();
}

test('a pulse: chosen without scripts, changed, opened, and filled in on a phone with and without scripts', async ({
  page,
  browser,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  const cohort = await setUp(page, emptyServer);
  await openRound(page, cohort);
  await page.goto(`${cohort}/rounds/new`);
  await page.getByRole('link', { name: 'Plan een korte meting' }).click();
  await expect(page.getByLabel('Naam van de meting')).toHaveValue('K1');
  await look(page);

  const storageState = await page.context().storageState();
  const scriptless = await browser.newContext({ javaScriptEnabled: false, storageState, locale: 'nl-NL' });
  const plain = await scriptless.newPage();
  await plain.goto(`${cohort}/rounds/new/pulse`);
  await plain.getByRole('button', { name: 'Plan de korte meting' }).click();
  await expect(plain.getByRole('alert')).toContainText('Kies minstens één stelling.');
  await unfold(plain);
  for (const code of ['C1.04', 'C2.01']) await box(plain, code).click();
  await plain.getByRole('button', { name: 'Plan de korte meting' }).click();
  await expect(plain.getByText('Het is een korte meting: 2 van de 93 stellingen')).toBeVisible();
  const [round = ''] = plain.url().split('?');
  await scriptless.close();

  await page.goto(`${round}/aspects`);
  await expect(page.getByRole('status').filter({ hasText: '2 van de 93' })).toBeVisible();
  await unfold(page);
  for (const code of ['C2.01', 'C1.07', 'C3.02']) await box(page, code).click();
  await expect(page.getByRole('status').filter({ hasText: '3 van de 93 stellingen gekozen.' })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Bewaar de keuze' }).click();
  await page.getByRole('link', { name: 'Controleer en open' }).click();
  await expect(page.getByText('Het is een korte meting: 3 van de 93 stellingen')).toBeVisible();
  await look(page);
  await page.getByRole('checkbox', { name: 'Open deze meting toch' }).check();
  await page.getByRole('button', { name: 'Open de meting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting K1 loopt');
  await page.getByRole('link', { name: 'Bekijk welke' }).click();
  await expect(page.locator('.asked-list li')).toHaveCount(3);
  await look(page);
  await page.goto(round);
  const links = await copyLinks(page);

  for (const [link, javaScriptEnabled] of [
    [links.ib, true],
    [links.teacher1, false],
  ] as const) {
    const context = await browser.newContext({ ...phone, javaScriptEnabled, locale: 'nl-NL' });
    const rater = await context.newPage();
    await fillIn(rater, link, javaScriptEnabled);
    await context.close();
  }
});

async function fillIn(rater: Page, link: string, hasScripts: boolean): Promise<void> {
  await rater.goto(link);
  await rater.getByRole('button', { name: 'Open mijn formulier' }).click();
  await expect(rater.getByText('Dit is een korte meting: 3 stellingen.')).toBeVisible();
  await expect(rater.locator('main')).not.toContainText('93');
  if (hasScripts) await look(rater);
  await rater.getByRole('link', { name: 'Beginnen' }).click();
  const met: string[] = [];
  for (let part = 1; part <= 2; part++) {
    await expect(rater.locator('.fhead-in b')).toHaveText(`Deel ${part} van 2`);
    for (const code of await codesOn(rater)) {
      await choice(rater, code, '4').click();
      met.push(code);
    }
    if (hasScripts) await expect(rater.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'saved');
    if (hasScripts) await look(rater);
    await rater.waitForTimeout(650); // not the second half of a double click
    await rater.locator('button[data-go=next]').click();
  }
  expect(met.toSorted()).toEqual(ASKED);
  await expect(rater.getByText('Je hebt alle 3 stellingen beantwoord.')).toBeVisible();
  if (hasScripts) await look(rater);
  await rater.getByRole('button', { name: 'Verzenden' }).click();
  await expect(rater.getByRole('heading', { level: 1 })).toHaveText('Dank je wel');
  await expect(rater.getByRole('link', { name: 'Terugkijken' })).toHaveCount(0);
}
