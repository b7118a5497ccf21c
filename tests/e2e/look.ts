import type { Page } from '@playwright/test';
import { expect, expectAccessible } from '../support/browser.ts';

/** A phone, for a browser of its own. */
export const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true };

/** Where it is tight: a phone, and a window in which the widest lay-out has just begun or not yet. */
const WIDTHS = [1040, 360];

/** A page without faults against WCAG, that does not scroll sideways. */
export async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 780 });
    // A chart follows the new width a moment later.
    const asked = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(asked, `${page.url()} at ${width}`).toBeLessThanOrEqual(width);
  }
  if (size) await page.setViewportSize(size);
}
