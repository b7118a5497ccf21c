import type { Page } from '@playwright/test';
import { expect } from '../support/browser.ts';

/** The director confirms what the report is for, and the report opens. */
export async function confirmReport(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /om te ontwikkelen, niet om te beoordelen/ }).check();
  await page.getByRole('button', { name: 'Akkoord, open het rapport' }).click();
  await expect(page.locator('[data-figure=triptych]')).toBeVisible();
}
