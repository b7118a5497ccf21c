import type { Page } from '@playwright/test';
import { hydrated } from '../support/browser.ts';

/** Holds the page's scripts back. @returns what lets them run, and waits until they do */
export async function holdScripts(page: Page): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return async () => {
    release();
    await hydrated(page);
    // A script that is still on its way when the test ends would fail it.
    await page.unrouteAll({ behavior: 'wait' });
  };
}
