import type { Locator, Page } from '@playwright/test';
import { aspect, choice, codesOn, radio, saved } from './form-page.ts';
import { atFirstPage, expect, hydrated, test } from './world.ts';

/** One press does one thing, also for somebody who presses twice. */

/** Presses what is there and, so many milliseconds later, whatever is at the same place then. */
async function pressTwice(page: Page, target: Locator, pauseMs: number): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('it is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // By the page's own clock: on a busy machine a pointer from outside comes too late.
  await page.evaluate(
    async ({ x, y, pauseMs }) => {
      const press = () =>
        document
          .elementFromPoint(x, y)
          ?.dispatchEvent(
            new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y }),
          );
      press();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      press();
    },
    { x, y, pauseMs },
  );
}

const part = (page: Page) => page.locator('.fhead-in b');
/** Long enough for whatever a press begins. */
const AFTER_ALL = 800;

for (const pauseMs of [80, 350]) {
  test(`two presses on "Verder", ${pauseMs} ms apart, are one part further`, async ({ page, world }) => {
    const school = await world.school();
    await atFirstPage(page, school.linkOf('teacher'));
    await hydrated(page);
    await page.waitForLoadState('networkidle');
    const [code = ''] = await codesOn(page);
    await choice(page, code, '4').click();
    await pressTwice(page, page.locator('button[data-go=next]'), pauseMs);
    await page.waitForTimeout(AFTER_ALL);
    await expect(part(page)).toHaveText('Deel 2 van 4');
    await expect(page.locator('.aspect :checked')).toHaveCount(0);
    // A press that is meant is never lost: with the keys at once, with a pointer after a moment.
    await page.locator('button[data-go=next]').press('Enter');
    await expect(part(page)).toHaveText('Deel 3 van 4');
    await page.waitForTimeout(AFTER_ALL);
    await page.locator('button[data-go=next]').click();
    await expect(part(page)).toHaveText('Deel 4 van 4');
  });

  test(`two presses, ${pauseMs} ms apart, on "de rest" and on "Ongedaan maken" answer nothing else`, async ({
    page,
    world,
  }) => {
    const school = await world.school();
    await atFirstPage(page, school.linkOf('teacher'));
    await hydrated(page);
    const codes = await codesOn(page);
    const rest = page.getByRole('button', { name: /De rest kan ik niet beoordelen/ });
    const undo = page.getByRole('button', { name: 'Ongedaan maken' });
    await rest.scrollIntoViewIfNeeded();
    const place = () => page.locator('.rest').evaluate((box) => box.getBoundingClientRect().top);
    const before = await place();
    await pressTwice(page, rest, pauseMs);
    await page.waitForTimeout(AFTER_ALL);
    await expect(page.locator('.aspect input[value=C]:checked')).toHaveCount(codes.length);
    expect(Math.abs((await place()) - before), 'what is pressed stays where it is').toBeLessThan(2);

    await pressTwice(page, undo, pauseMs);
    await page.waitForTimeout(AFTER_ALL);
    await expect(page.locator('.aspect :checked')).toHaveCount(0);
    expect(Math.abs((await place()) - before)).toBeLessThan(2);
    // Elsewhere an answer counts at once.
    await choice(page, codes.at(-1) ?? '', '2').click();
    await expect(radio(page, codes.at(-1) ?? '', '2')).toBeChecked();
  });
}

test('an answer that is given at once on the next part counts', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await page.waitForLoadState('networkidle');
  await page.locator('button[data-go=next]').click();
  await expect(part(page)).toHaveText('Deel 2 van 4');
  const [code = ''] = await codesOn(page);
  await choice(page, code, '3').click();
  await page.waitForTimeout(100);
  await choice(page, code, '3').click();
  await expect(radio(page, code, '3')).toBeChecked();
});

test('from the very moment of an answer the page does not call it saved; going on at once keeps it', async ({
  page,
  world,
}) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  await saved(page);
  const address = page.url();
  const [code = ''] = await codesOn(page);
  const told = await choice(page, code, '4').evaluate((label: HTMLElement) => {
    label.click();
    const status = document.querySelector<HTMLElement>('.save');
    const isSeen = status?.checkVisibility({ visibilityProperty: true });
    const told = { state: label.closest('form')?.dataset['saveState'], words: isSeen ? status?.textContent : '' };
    document.querySelector<HTMLElement>('button[data-go=next]')?.click();
    return told;
  });
  expect(told).toEqual({ state: 'saving', words: '' });
  await expect(part(page)).toHaveText('Deel 2 van 4');
  await saved(page);
  await page.goto(address);
  await expect(radio(page, code, '4')).toBeChecked();
});

test('an answer is saved that was given in the very moment in which the page was left', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const form = page.url();
  const [code = ''] = await codesOn(page);
  // One task: no frame comes between the answer and the leaving.
  await radio(page, code, '2').evaluate((field) => {
    (field as HTMLInputElement).click();
    location.assign('/healthz');
  });
  await expect(page).toHaveURL(/healthz/);
  await page.goto(form);
  await expect(radio(page, code, '2')).toBeChecked();
  await saved(page);
});

test('a statement that the address names is in sight, before and after the page is whole', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  const code = (await codesOn(page)).at(-3) ?? '';
  const [address] = page.url().split('#');
  await page.goto('about:blank');
  await page.goto(`${address}#aspect-${code}`, { waitUntil: 'commit' });
  await expect(aspect(page, code)).toBeInViewport();
  await hydrated(page);
  await expect(page.locator('.cluster:not([data-whole])')).toHaveCount(0);
  await expect(aspect(page, code)).toBeInViewport();
});
