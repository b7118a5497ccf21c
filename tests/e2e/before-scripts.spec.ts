import type { Page } from '@playwright/test';
import { expect, hydrated } from '../support/browser.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** Keeps the page's scripts back until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/_app\/.*\.js/, async (route) => {
    await gone;
    await route.continue();
  });
  return letGo;
}

test('what was chosen before scripts run stays chosen: in a list, and in boxes', async ({ page, emptyServer }) => {
  test.skip(test.info().project.name === 'phone', 'the same at any width');
  await makeFirstAdmin(page, emptyServer);
  const letGo = await holdScripts(page);
  await page.goto('/admin/audit', { waitUntil: 'commit' });
  const action = page.locator('select[name=action]');
  await action.selectOption({ index: 1 });
  const chosen = await action.inputValue();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  letGo();
  await hydrated(page);
  expect(chosen).not.toBe('');
  await expect(action).toHaveValue(chosen);

  // An option that the address names gives way to another one too.
  await page.unroute(/\/_app\/.*\.js/);
  const letGoAgain = await holdScripts(page);
  await page.goto(`/admin/audit?action=${chosen}`, { waitUntil: 'commit' });
  await expect(action).toHaveValue(chosen);
  await action.selectOption({ index: 0 });
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  letGoAgain();
  await hydrated(page);
  await expect(action).toHaveValue('');

  await page.unroute(/\/_app\/.*\.js/);
  const letGoBoxes = await holdScripts(page);
  await page.goto('/account', { waitUntil: 'commit' });
  await page.locator('input[name=language][value=en]').check();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  letGoBoxes();
  await hydrated(page);
  await expect(page.locator('input[name=language][value=en]')).toBeChecked();
});
