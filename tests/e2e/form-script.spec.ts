import type { Page } from '@playwright/test';
import { enter } from './form-page.ts';
import { expect, hydrated, test } from './world.ts';

/** When a page of the form asks for its script (form/script-loader.ts). */

test.beforeEach(() => {
  test.skip(test.info().project.name === 'phone', 'the same at any width');
});

/** Gives no frames, so that nothing comes that waits for one. @returns the scripts that were asked for, and what lets frames go */
async function holdFrames(
  page: Page,
  visibility = 'visible',
): Promise<{ asked: string[]; release: () => Promise<void> }> {
  await page.addInitScript((state) => {
    const frame = requestAnimationFrame;
    const waiting: FrameRequestCallback[] = [];
    let isHeld = true;
    window.requestAnimationFrame = (run) => (isHeld ? waiting.push(run) : frame(run));
    window.addEventListener('test-frames', () => {
      isHeld = false;
      for (const run of waiting.splice(0)) frame(run);
    });
    Object.defineProperty(document, 'visibilityState', { get: () => state });
  }, visibility);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.push(request.url());
  });
  return {
    asked,
    release: () => page.evaluate(() => void window.dispatchEvent(new Event('test-frames'))),
  };
}

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
