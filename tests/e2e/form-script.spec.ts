import { enter } from './form-page.ts';
import { holdFrames } from './hold-frames.ts';
import { expect, hydrated, test } from './world.ts';

/** When a page of the form asks for its script (form/script-loader.ts). */

test.beforeEach(() => {
  test.skip(test.info().project.name === 'phone', 'the same at any width');
});

test('a page that is new asks for its script after its first frame', async ({ page, world }) => {
  const form = await enter(page, (await world.school()).linkOf('teacher'));
  const { asked, release } = await holdFrames(page);
  await page.goto(`${form}/C1`);
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await release();
  await hydrated(page);
  expect(asked).toHaveLength(1);
});

test('a page that nobody sees asks for it at once', async ({ page, world }) => {
  const form = await enter(page, (await world.school()).linkOf('teacher'));
  const { asked } = await holdFrames(page, 'hidden');
  await page.goto(`${form}/C1`);
  await hydrated(page);
  expect(asked).toHaveLength(1);
});

test('so does one that is opened at a statement, one that is loaded again, and one without statements', async ({
  page,
  world,
}) => {
  const form = await enter(page, (await world.school()).linkOf('teacher'));
  const { asked } = await holdFrames(page);
  for (const open of [
    () => page.goto(`${form}/C1#aspect-C1.15`),
    () => page.reload(),
    () => page.goto(`${form}/open`),
  ]) {
    asked.length = 0;
    await open();
    await expect.poll(() => asked.length).toBe(1);
  }
});
