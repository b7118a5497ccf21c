import type { Locator, Page } from '@playwright/test';
import { aspect, choice, codesOn, enter, radio, tabTo } from './form-page.ts';
import { atFirstPage, expect, hydrated, test } from './world.ts';

/** How the form's pages look where a picture is not needed to say it. */

const onPhone = (name: string) => name === 'phone';

test('the digits of the keys stand upright, whatever the shape of the mark', async ({ page, world }, { project }) => {
  test.skip(onPhone(project.name), 'no keys there');
  const school = await world.school();
  await atFirstPage(page, school.linkOf('ib'));
  await hydrated(page);
  const [code = ''] = await codesOn(page);
  await choice(page, code, 'C').click();
  const digits = await aspect(page, code)
    .locator('input[type=radio]:not(:checked)')
    .evaluateAll((inputs) =>
      inputs.map((input) => {
        const digit = getComputedStyle(input, '::before');
        const turns = [getComputedStyle(input).rotate, digit.rotate].map((turn) => Number.parseFloat(turn) || 0);
        return { digit: digit.content.charAt(1), turn: turns.reduce((sum, turn) => sum + turn, 0) };
      }),
    );
  expect(digits).toEqual(['1', '2', '3', '4', '5', '1', '2'].map((digit) => ({ digit, turn: 0 })));
});

test('in forced colours the flag shows its box and its word beside each other, also when it is on', async ({
  page,
  world,
}) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await page.emulateMedia({ forcedColors: 'active' });
  const [code = ''] = await codesOn(page);
  const flag = aspect(page, code).locator('.flag');
  for (const isOn of [false, true]) {
    await flag.locator('input').setChecked(isOn);
    const [box, field] = await Promise.all([flag.boundingBox(), flag.locator('input').boundingBox()]);
    expect(field?.width ?? 0).toBeGreaterThan(8);
    expect(field?.width ?? 0).toBeLessThan(30);
    expect(await flag.evaluate((label) => label.scrollWidth - label.clientWidth)).toBeLessThanOrEqual(0);
    expect(box?.width ?? 0).toBeGreaterThan((field?.width ?? 0) + 60);
  }
});

test('the flag that has the focus has one ring, around its word', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code = ''] = await codesOn(page);
  const flag = aspect(page, code).locator('.flag');
  await radio(page, code, '1').press('Tab');
  await tabTo(page, flag.locator('input'));
  const ring = (place: Locator) => place.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect([await ring(flag), await ring(flag.locator('input'))]).toEqual(['solid', 'none']);
});

/** How far something stands below the top of its aspect, in pixels. */
const depth = (place: Locator) =>
  place.evaluate(
    (element) =>
      element.getBoundingClientRect().top - (element.closest('.aspect')?.getBoundingClientRect().top ?? Number.NaN),
  );

test('what an answer comes to say stands below its choices: nothing that was pressed moves away', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code = ''] = await codesOn(page);
  const pressed = choice(page, code, '2');
  const before = await depth(pressed);
  await context.setOffline(true);
  await pressed.click();
  await expect(aspect(page, code)).toContainText('Wacht op verbinding');
  expect(await depth(pressed)).toBeCloseTo(before, 0);
});

test('the frame that shows a choice lays nothing out', async ({ page, world, faults }, { project }) => {
  test.skip(onPhone(project.name), 'a finger points at nothing before it presses');
  faults.allow(/ERR_FAILED/);
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  // What the styles ask for, without what the script does afterwards.
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${form}/C1`);
  const [code = ''] = await codesOn(page);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Performance.enable');
  const layouts = async () => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    const { metrics } = await browser.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
  };
  for (const value of ['4', '2']) {
    await choice(page, code, value).hover();
    let before = 0;
    await expect.poll(async () => before === (before = await layouts())).toBe(true); // what came in sight is laid out
    await page.mouse.down();
    await page.mouse.up();
    expect(await layouts()).toBe(before);
    await expect(radio(page, code, value)).toBeChecked();
  }
});

test('the statement that has the focus has a bar for whoever uses keys or was brought to it', async ({
  page,
  world,
}) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code = '', next = ''] = await codesOn(page);
  const bar = (of: string) => aspect(page, of).evaluate((shown) => getComputedStyle(shown).boxShadow);
  await choice(page, code, '2').click();
  expect(await bar(code)).toBe('none');
  await radio(page, code, '2').press('ArrowRight');
  await expect(radio(page, code, '3')).toBeChecked();
  expect(await bar(code)).toContain('inset');
  await choice(page, code, '4').click();
  await page.locator('[data-open]').click();
  expect(await bar(next)).toContain('inset');
  await choice(page, next, '5').click();
  expect(await bar(next)).toBe('none');
});

/** Waits until what the first frame left out is laid out. */
async function whole(page: Page): Promise<void> {
  await hydrated(page);
  await expect(page.locator('.cluster:not([data-whole])')).toHaveCount(0);
}

test('a page that is loaded again stays where it was', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  await page.goto(`${form}/C1`);
  await whole(page);
  const statement = aspect(page, 'C1.15');
  const top = () => statement.evaluate((shown) => shown.getBoundingClientRect().top);
  await statement.evaluate((shown) => shown.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const before = await top();
  await page.reload();
  await whole(page);
  expect(Math.abs((await top()) - before)).toBeLessThan(3);
});

test('a page that is scrolled before its script runs stays where it is', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  let runScripts = () => {};
  const held = new Promise<void>((resolve) => (runScripts = resolve));
  await page.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${form}/C1`, { waitUntil: 'commit' });
  await page.locator('.ffoot').waitFor({ state: 'attached' });
  await page.evaluate(() => scrollTo({ top: 3400, behavior: 'instant' }));
  // What comes in sight is laid out in the frames that follow.
  await page.waitForTimeout(300);
  const inSight = await page.evaluateHandle(() =>
    [...document.querySelectorAll('.aspect')].find((each) => each.getBoundingClientRect().bottom > innerHeight / 2),
  );
  const top = () => inSight.evaluate((shown) => shown?.getBoundingClientRect().top ?? Number.NaN);
  const before = await top();
  runScripts();
  await whole(page);
  expect(Math.abs((await top()) - before)).toBeLessThan(3);
});
