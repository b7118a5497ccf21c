import { expect } from '../support/browser.ts';
import { holdScripts } from './hold-scripts.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

test('what was chosen before scripts run stays chosen: in a list, and in boxes', async ({ page, emptyServer }) => {
  test.skip(test.info().project.name === 'phone', 'the same at any width');
  await makeFirstAdmin(page, emptyServer);
  const letGo = await holdScripts(page);
  await page.goto('/admin/audit', { waitUntil: 'commit' });
  const action = page.locator('select[name=action]');
  await action.selectOption({ index: 1 });
  const chosen = await action.inputValue();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await letGo();
  expect(chosen).not.toBe('');
  await expect(action).toHaveValue(chosen);

  // An option that the address names gives way to another one too.
  const letGoAgain = await holdScripts(page);
  await page.goto(`/admin/audit?action=${chosen}`, { waitUntil: 'commit' });
  await expect(action).toHaveValue(chosen);
  await action.selectOption({ index: 0 });
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await letGoAgain();
  await expect(action).toHaveValue('');

  const letGoBoxes = await holdScripts(page);
  await page.goto('/account', { waitUntil: 'commit' });
  await page.locator('input[name=language][value=en]').check();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await letGoBoxes();
  await expect(page.locator('input[name=language][value=en]')).toBeChecked();
});
