import type { Page } from '@playwright/test';
import { expect, expectAccessible, hydrated } from '../support/browser.ts';
import { choice, codesOn, enter, goNext, point, put, radio, saved, tabTo } from './form-page.ts';
import { givenBy } from './given-answers.ts';
import { look } from './look.ts';

/** The ways in which the five raters of the main journey fill in their forms. */

/** Digits and arrows answer, Tab moves, Enter and space press: no pointer at all. */
export async function byKeyboard(page: Page, link: string): Promise<void> {
  const press = (key: string) => page.keyboard.press(key);
  await page.goto(link);
  await look(page);
  await tabTo(page, page.getByRole('button', { name: 'Open mijn formulier' }));
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hoe kijk jij naar je eigen werk?');
  await look(page);
  await tabTo(page, page.getByRole('link', { name: 'Beginnen' }));
  await press('Enter');
  for (let part = 1; part <= 4; part++) {
    await expect(page.locator('.fhead-in b')).toHaveText(`Deel ${part} van 4`);
    await hydrated(page);
    for (const code of await codesOn(page)) {
      const { choice: key } = givenBy('ib', code);
      await tabTo(page, radio(page, code, '1'));
      if (code === 'C1.11') {
        await press('Space');
        for (let step = 1; step < Number(key); step++) await press('ArrowRight');
      } else if (key !== null) await press(key);
    }
    const scale = page.locator('fieldset.ten');
    await tabTo(page, scale.locator('input').first());
    for (let step = 0; step < 7; step++) await press('ArrowRight');
    await expect(scale.locator('input:checked')).toHaveValue('7');
    await saved(page);
    await expectAccessible(page);
    await tabTo(page, page.locator('button[data-go=next]'));
    await press('Enter');
  }
  await expect(page.getByText('Je hebt 92 van de 93 stellingen beantwoord.')).toBeVisible();
  await look(page);
  await tabTo(page, page.getByRole('button', { name: 'Verzenden' }));
  await press('Enter');
  await expectReceipt(page);
  await look(page);
}

export async function byMouse(page: Page, link: string): Promise<void> {
  await enter(page, link);
  await look(page);
  await page.getByRole('link', { name: 'Beginnen' }).click();
  for (let part = 1; part <= 4; part++) {
    await expect(page.locator('.fhead-in b')).toHaveText(`Deel ${part} van 4`);
    await hydrated(page);
    for (const code of await codesOn(page)) await point(page, code, givenBy('director', code));
    await expectAccessible(page);
    await goNext(page);
  }
  await expect(page.getByText('Je hebt alle 93 stellingen beantwoord.')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Verzenden' }).click();
  await expectReceipt(page);
  await expect(page.getByText('Vooral in het teamoverleg.')).toBeVisible();
  await look(page);
}

/**
 * The accessibility check is a script itself: this browser runs scripts, and none of ours. Where no script can run, the
 * whole page is laid out at once (`scripting: enabled` in form-later.css), so here too.
 */
export async function withoutOurScripts(page: Page): Promise<Page> {
  const nothing = { contentType: 'text/javascript', body: 'export const start = () => {};' };
  await page.route('**/_app/**/*.js', (route) => route.fulfill(nothing));
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      for (const cluster of document.querySelectorAll('.cluster')) cluster.setAttribute('data-whole', '');
    }),
  );
  return page;
}

/** Link, intro, four pages, the open items, submitting and the receipt, a page at a time. */
export async function withoutScripts(page: Page, checker: Page, link: string): Promise<void> {
  const lookAt = async () => {
    await checker.context().addCookies(await page.context().cookies());
    await checker.goto(page.url());
    await expectAccessible(checker);
  };
  const forgotten = 'C3.02';
  await enter(page, link);
  await expect(page.getByText('Nooit jouw eigen antwoorden.')).toBeVisible();
  await lookAt();
  await page.getByRole('link', { name: 'Beginnen' }).click();
  for (let part = 1; part <= 4; part++) {
    await expect(page.locator('.fhead-in b')).toHaveText(`Deel ${part} van 4`);
    for (const code of await codesOn(page)) {
      if (code !== forgotten) await point(page, code, givenBy('teacher1', code));
    }
    await lookAt();
    await goNext(page);
  }
  await expect(page.getByText('Je hebt 92 van de 93 stellingen beantwoord.')).toBeVisible();
  await lookAt();
  await page.locator(`a[href$="#aspect-${forgotten}"]`).click();
  await expect(choice(page, forgotten, '4')).toBeInViewport();
  await point(page, forgotten, givenBy('teacher1', forgotten));
  while (!/\/open(#|$)/.test(page.url())) await goNext(page);
  await expect(page.getByText('Je hebt alle 93 stellingen beantwoord.')).toBeVisible();
  await page.getByRole('button', { name: 'Verzenden' }).click();
  await expectReceipt(page);
  await expect(page.getByText('Ze groet iedereen bij naam.')).toBeVisible();
  await lookAt();
}

export async function byRequests(page: Page, link: string): Promise<void> {
  const form = await enter(page, link);
  for (const competency of ['C1', 'C2', 'C3', 'C4']) {
    await page.goto(`${form}/${competency}`);
    const codes = await codesOn(page);
    const replies = await Promise.all(codes.map((code) => put(page, form, code, givenBy('teacher2', code))));
    expect(replies.every((reply) => reply.ok())).toBe(true);
  }
  await submit(page, form);
}

export async function byClicksOfAScript(page: Page, link: string): Promise<void> {
  const form = await enter(page, link);
  for (const competency of ['C1', 'C2', 'C3', 'C4']) {
    await page.goto(`${form}/${competency}`);
    await hydrated(page);
    const given = (await codesOn(page)).map((code) => ({ code, ...givenBy('teacher3', code) }));
    await page.evaluate((answers) => {
      const find = (name: string, value: string) =>
        document.querySelector<HTMLInputElement>(`input[name="${name}"]${value && `[value="${value}"]`}`);
      for (const { code, choice, reason, unclear } of answers) {
        find(code, choice ?? '')?.click();
        if (reason) find(`${code}.reason`, reason)?.click();
        if (unclear) find(`${code}.unclear`, '')?.click();
      }
    }, given);
    for (const { code, ...each } of given)
      if (each.comment) await point(page, code, { ...each, comment: each.comment });
    await saved(page);
  }
  await submit(page, form);
}

async function submit(page: Page, form: string): Promise<void> {
  await page.goto(`${form}/open`);
  await expect(page.getByText('Je hebt alle 93 stellingen beantwoord.')).toBeVisible();
  await page.getByRole('button', { name: 'Verzenden' }).click();
  await expectReceipt(page);
}

async function expectReceipt(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/receipt(#|$)/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dank je wel');
}
