import type { Page } from '@playwright/test';
import { expect, expectAccessible } from '../support/browser.ts';

/** A phone, for a browser of its own. */
export const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };

/** A page without faults against WCAG, that does not scroll sideways on a phone. */
export async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 780 });
  // A chart follows the new width a moment later.
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, `${page.url()} at 360`).toBeLessThanOrEqual(360);
  if (size) await page.setViewportSize(size);
}
