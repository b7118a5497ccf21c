import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

export { expect };

/** What a test may expect to go wrong: the browser also reports a page that is rightly answered with 404. */
export type Faults = { allow: (pattern: RegExp) => void; watch: (context: BrowserContext) => void };

/** One more person with a browser of their own; `options` as for a browser context, such as `javaScriptEnabled`. */
export type NewVisitor = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * The test of the journeys: a built server per worker, and a failure for every console error or warning, uncaught
 * error or request to another host that the test did not allow.
 */
export const test = base.extend<{ faults: Faults; newVisitor: NewVisitor }, { server: RunningServer }>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  faults: [
    async ({ context, baseURL }, use) => {
      const found: string[] = [];
      const allowed: RegExp[] = [];
      const watch = (watched: BrowserContext) => {
        watched.on('console', (message) => {
          if (!['error', 'warning'].includes(message.type())) return;
          found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
        });
        watched.on('weberror', (error) => found.push(`uncaught: ${error.error().message}`));
        watched.on('request', (request) => {
          const url = new URL(request.url());
          const isOwn = ['data:', 'blob:', 'about:'].includes(url.protocol) || url.origin === baseURL;
          if (!isOwn) found.push(`request to another host: ${request.url()}`);
        });
      };
      watch(context);
      await use({ allow: (pattern) => void allowed.push(pattern), watch });
      expect(found.filter((fault) => !allowed.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],

  newVisitor: async ({ browser, faults }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      faults.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** Waits until scripts run on the page (interfaces.md: `<html data-hydrated>`). */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor();
}

/** No fault against WCAG 2.0, 2.1 or 2.2, level A and AA, that a machine can see on the page as it now is. */
export async function expectAccessible(page: Page): Promise<void> {
  await letStickyBarsGo(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect(faults, page.url()).toEqual([]);
}

/** A sticky bar covers something at every scroll position; a person scrolls on, the check cannot. */
async function letStickyBarsGo(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (getComputedStyle(element).position === 'sticky') element.style.position = 'static';
    }
  });
}
