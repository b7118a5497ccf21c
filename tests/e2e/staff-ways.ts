import type { Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import { Authenticator } from '../support/authenticator.ts';
import { look } from './look.ts';

/** From a first sign-in to the recovery codes: sets up the second step with an app. */
export async function setUpSecondStep(page: Page): Promise<{ app: Authenticator; recoveryCodes: string[] }> {
  await expect(page).toHaveURL(/\/second-step\b/);
  await look(page);
  await page.getByRole('button', { name: 'Ik heb een app, verder' }).click();
  await look(page);
  const app = new Authenticator((await page.locator('code.secret').textContent()) ?? '', 0);
  await page.getByLabel('Code van zes cijfers').fill(await app.code());
  await page.getByRole('button', { name: 'Controleer de code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bewaar je herstelcodes');
  const recoveryCodes = await page.locator('.codes code').allTextContents();
  expect(recoveryCodes).toHaveLength(10);
  await look(page);
  await page.getByRole('link', { name: 'Ik heb ze bewaard' }).click();
  return { app, recoveryCodes };
}
