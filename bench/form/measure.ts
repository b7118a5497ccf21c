import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Probe } from './probe.ts';
import { installProbe } from './probe.ts';

/** A page to measure; the cookie, if it needs one, as `name=value`. */
export type Target = { url: string; cookie?: string };

/** One load of a page into an empty browser and one click in it; times in milliseconds. */
export type Visit = {
  /** Bytes over the wire, headers and all, until the page is at rest. */
  bytes: number;
  /** Requests until the page is at rest. */
  requests: number;
  /** Hosts that were asked at any time, beside the page's own. */
  otherHosts: string[];
  answerable: number;
  clickToPaint: number;
  layoutShift: number;
};

/** The fourth radio of the page: the fourth point of its first item. */
const CHOSEN = 3;

/**
 * Loads a page, waits until it is at rest and chooses with the mouse.
 * @throws Error when the click does not choose: what was measured would not be an answer
 */
export async function visit(browser: Browser, target: Target, slowdown: number): Promise<Visit> {
  return opened(browser, target, slowdown, async (page, network) => {
    await atRest(page);
    const { bytes, requests } = network;
    await point(page);
    await idle(page); // what the page does about being pointed at is not the click's
    await press(page);
    if (!(await isChosen(page))) throw new Error(`a click does not choose on ${target.url}`);
    await page.waitForFunction(() => window.formBench.clickToPaint !== null);
    const { answerable, clickToPaint, layoutShift } = await noted(page);
    if (answerable === null || clickToPaint === null) throw new Error(`nothing was noted on ${target.url}`);
    const otherHosts = [...network.hosts].filter((host) => host !== new URL(target.url).host);
    return { bytes, requests, otherHosts, answerable, clickToPaint, layoutShift };
  });
}

/** Whether an answer stays that is given as soon as it can be, while the rest of the page is still loading. */
export async function keepsFirstAnswer(browser: Browser, target: Target, slowdown: number): Promise<boolean> {
  return opened(browser, target, slowdown, async (page) => {
    await page.waitForFunction(() => window.formBench.answerable !== null);
    await point(page);
    await press(page);
    await atRest(page);
    return isChosen(page);
  });
}

type Network = { bytes: number; requests: number; hosts: Set<string> };

/** Opens a page in a browser context of its own, so that every cache is empty, and closes it after its use. */
async function opened<T>(
  browser: Browser,
  { url, cookie }: Target,
  slowdown: number,
  use: (page: Page, network: Network) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 1280, height: 900 } });
  try {
    if (cookie) {
      const [name = '', ...value] = cookie.split('=');
      await context.addCookies([{ name, value: value.join('='), url }]);
    }
    const page = await context.newPage();
    await page.addInitScript(installProbe);
    const session = await context.newCDPSession(page);
    const network = await watchNetwork(session);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const response = await page.goto(url, { waitUntil: 'commit' });
    if (!response?.ok() || response.url() !== url) throw new Error(`${url} does not give its page`);
    return await use(page, network);
  } finally {
    await context.close();
  }
}

async function watchNetwork(session: CDPSession): Promise<Network> {
  const network: Network = { bytes: 0, requests: 0, hosts: new Set() };
  session.on('Network.requestWillBeSent', ({ request, redirectResponse }) => {
    const { protocol, host } = new URL(request.url);
    if (!protocol.startsWith('http')) return; // what is written into the page itself
    network.requests += 1;
    network.hosts.add(host);
    network.bytes += redirectResponse?.encodedDataLength ?? 0;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    network.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return network;
}

/** Waits until the network has been quiet for half a second and the page has nothing left to do. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await idle(page);
}

/** Waits until the page has nothing to do; at most a second, since a still page is not always told that it is idle. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 1000 })));
}

/** By hand, since Playwright's own click would add its checks to the page's work. */
async function point(page: Page): Promise<void> {
  const label = page.locator('label:has(input[type=radio])').nth(CHOSEN);
  await label.scrollIntoViewIfNeeded();
  const box = await label.boundingBox();
  if (!box) throw new Error(`nothing to point at on ${page.url()}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

async function press(page: Page): Promise<void> {
  await page.mouse.down();
  await page.mouse.up();
}

function isChosen(page: Page): Promise<boolean> {
  return page.locator('input[type=radio]').nth(CHOSEN).isChecked();
}

function noted(page: Page): Promise<Probe> {
  return page.evaluate(() => window.formBench);
}
