import { aspect, choice, codesOn, goNext, radio, saved } from './form-page.ts';
import { atFirstPage, expect, expectAccessible, hydrated, test } from './world.ts';

/** The form in the hands of somebody: by keys, by ear, enlarged. */

test('a practised person answers a page by keys alone, and no key is lost', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const codes = await codesOn(page);
  const pressed = codes.map((_, index) => String(1 + (index % 5)));
  await radio(page, codes[0] ?? '', '1').focus();
  // Twice as fast as a person who reads: 25 answers in 15 seconds.
  for (const key of pressed) await page.keyboard.press(key, { delay: 60 });
  await expect(page.locator('button[data-go=next]')).toBeFocused();
  await saved(page);
  await page.reload();
  for (const [index, code] of codes.entries()) await expect(radio(page, code, pressed[index] ?? '')).toBeChecked();
});

test('the first view has room for statements; from the first answer on the foot stays in sight', async ({
  page,
  world,
}) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const foot = page.locator('.ffoot');
  await expect(foot).not.toBeInViewport();
  const [code = ''] = await codesOn(page);
  await choice(page, code, '4').click();
  await expect(foot).toBeInViewport({ ratio: 1 });
  await goNext(page);
  await expect(foot).toBeInViewport({ ratio: 1 });
});

test('a screen reader meets the statement, its six answers by name, and what else can be said', async ({
  page,
  world,
}) => {
  const school = await world.school();
  const form = (await atFirstPage(page, school.linkOf('director'))).replace(/\/$/, '');
  await page.goto(`${form}/C1`);
  await hydrated(page);
  await expect(aspect(page, 'C1.01')).toMatchAriaSnapshot(`
    - group "1. De IB'er maakt binnen een week tijd voor een collega die om een gesprek vraagt.":
      - group: Voorbeeld bij stelling 1
      - radio "(vrijwel) nooit"
      - radio "zelden"
      - radio "soms"
      - radio "meestal"
      - radio "(vrijwel) altijd"
      - radio "Kan ik niet beoordelen"
      - checkbox "Onduidelijk"
      - group: Opmerking bij stelling 1
  `);
  await choice(page, 'C1.01', 'C').click();
  await expect(aspect(page, 'C1.01').getByRole('group', { name: 'Wat is de reden?' })).toMatchAriaSnapshot(`
    - group "Wat is de reden?":
      - radio "Niet gezien"
      - radio "Onduidelijk wat bedoeld wordt"
  `);
  await expect(page.getByRole('status').first()).toHaveText('Opgeslagen');
  // What is said once at the head of a group belongs to each of its statements.
  await page.goto(`${form}/C3`);
  await expect(page.locator('#hint-c3-weighing')).toBeVisible();
  await expect(aspect(page, 'C3.01')).toHaveAccessibleDescription(/Het meeste hiervan zie je als directeur niet/);
});

test('every statement is there for a screen reader, also far below the screen', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  // What is out of sight comes after the first frame.
  await expect(page.locator('.cluster:not([data-whole])')).toHaveCount(0);
  const codes = await codesOn(page);
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const radios = nodes.filter(({ role, ignored }) => !ignored && role?.value === 'radio');
  expect(radios.length).toBe(6 * codes.length);
});

test('"Nog … open" takes the keys along to the first statement that is open', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [first = '', second = ''] = await codesOn(page);
  await choice(page, first, '4').click();
  await page.locator('a[data-open]').click();
  await expect(radio(page, second, '1')).toBeFocused();
  await page.keyboard.press('3');
  await expect(radio(page, second, '3')).toBeChecked();
});

test('enlarged to 200 % nothing is cut off and every statement can be answered', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  // What a browser does to a window of 1280 by 800 at 200 %.
  await page.setViewportSize({ width: 640, height: 400 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
  await expectAccessible(page);
  for (const code of (await codesOn(page)).slice(0, 6)) {
    await choice(page, code, '3').click();
    await expect(radio(page, code, '3')).toBeChecked();
  }
  await saved(page);
});
