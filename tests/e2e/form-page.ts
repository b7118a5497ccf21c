import type { Locator, Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import type { Given } from './given-answers.ts';

/** A page of the rating form as a person uses it, by the names that interfaces.md promises. */

export const aspect = (page: Page, code: string): Locator => page.locator(`[id="aspect-${code}"]`);

/** The label of a choice: what somebody points at. */
export const choice = (page: Page, name: string, value: string): Locator =>
  page.locator(`label:has(input[name="${name}"][value="${value}"])`);

export const radio = (page: Page, name: string, value: string): Locator =>
  page.locator(`input[name="${name}"][value="${value}"]`);

/** The codes of the aspects on this page, from top to bottom. */
export function codesOn(page: Page): Promise<string[]> {
  return page.locator('fieldset.aspect').evaluateAll((all) => all.map((each) => each.id.replace('aspect-', '')));
}

/** Answers one aspect by pointing at it; works with and without scripts. */
export async function point(page: Page, code: string, given: Given): Promise<void> {
  if (given.choice === null) return;
  await choice(page, code, given.choice).click();
  if (given.reason) await choice(page, `${code}.reason`, given.reason).click();
  if (given.unclear) await aspect(page, code).locator(`label:has(input[name="${code}.unclear"])`).click();
  if (given.comment) await remark(page, code, given.comment);
}

/** Opens the remark of an aspect and writes in it. */
export async function remark(page: Page, code: string, text: string): Promise<void> {
  const field = page.locator(`textarea[name="${code}.comment"]`);
  if (!(await field.isVisible())) await aspect(page, code).locator('details.rem > summary').click();
  await field.fill(text);
}

/** Waits until the form says that the server has everything. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'saved');
}

/** As long as a press is taken for the second half of a double click. */
const DOUBLE_CLICK_MS = 650;

/** Presses the button at the foot, as a person does: not twice within a double click. */
export async function pressNext(page: Page): Promise<void> {
  await page.waitForTimeout(DOUBLE_CLICK_MS);
  await page.locator('button[data-go=next]').click();
}

/** On to the next page. */
export async function goNext(page: Page): Promise<void> {
  const before = page.url();
  await pressNext(page);
  await expect(page).not.toHaveURL(before);
}

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

/** Opens a personal link and presses its button. @returns the address of the form */
export async function enter(page: Page, link: string): Promise<string> {
  await page.goto(link);
  await page.locator('main form button').first().click();
  await page.waitForURL(/\/form\/[\w-]+$/);
  return page.url();
}

/** Saves an answer as the form does, without a page: with the session of this browser. */
export async function put(page: Page, form: string, code: string, given: Given, changedAt = Date.now()) {
  return page.request.put(`${form}/answers/${code}`, {
    headers: { origin: new URL(form).origin },
    data: {
      score: given.choice === null || given.choice === 'C' ? null : Number(given.choice),
      cannotJudge: given.choice === 'C',
      reason: given.reason ?? null,
      unclear: given.unclear ?? false,
      comment: given.comment ?? '',
      changedAt,
    },
  });
}

/** The three values of an aspect's row in the gap chart: director, IB'er, teachers, without the letters of their marks. */
export async function valuesOf(row: Locator): Promise<string[]> {
  const texts = await row.locator('td.v').allTextContents();
  return texts.map((text) =>
    text
      .trim()
      .replace(/^(D|IB|L)/, '')
      .trim(),
  );
}
