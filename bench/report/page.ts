import { quantile } from 'd3-array';
import type { Browser, BrowserContext } from '@playwright/test';

/** Medians in milliseconds; kilobytes over the wire, compressed, without headers. */
export type PageFigures = { drawn: number; firstPaint: number; scriptKb: number; totalKb: number };

const RUNS = 7;
const SLOWDOWN = 4;

/** As high as what a reader sees of a report within a few turns of the wheel: the first gap chart is in it. */
const VIEWPORT = { width: 1280, height: 3000 };
/** Milliseconds in which a visit has drawn all that it draws by itself. */
const SETTLED = 5000;

/**
 * What the report page costs the reader's browser with the processor slowed four times, each time with empty caches, on a high
 * screen, so that nothing has to be scrolled or asked meanwhile. The charts stand in the first paint as SVG; `drawn` is from the
 * start of the navigation until the first canvas has taken the place of one.
 */
export async function measurePage(browser: Browser, url: string, cookies: Cookies): Promise<PageFigures> {
  const visits: PageFigures[] = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, url, cookies));
  const median = (of: (figures: PageFigures) => number) => quantile(visits, 0.5, of) ?? Number.NaN;
  return {
    drawn: median((each) => each.drawn),
    firstPaint: median((each) => each.firstPaint),
    scriptKb: median((each) => each.scriptKb),
    totalKb: median((each) => each.totalKb),
  };
}

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

async function visit(browser: Browser, url: string, cookies: Cookies): Promise<PageFigures> {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: VIEWPORT });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const [types, bytes] = [new Map<string, string>(), new Map<string, number>()];
    session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
    session.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
      bytes.set(requestId, (bytes.get(requestId) ?? 0) + encodedDataLength),
    );
    await session.send('Network.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector('.chart canvas')) return;
        performance.mark('drawn');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForTimeout(SETTLED);
    const [firstPaint = Number.NaN, drawn = Number.NaN] = await page.evaluate(() =>
      ['first-contentful-paint', 'drawn'].map((name) => performance.getEntriesByName(name)[0]?.startTime),
    );
    const sum = (isCounted: (type: string | undefined) => boolean) =>
      [...bytes].reduce((total, [id, size]) => total + (isCounted(types.get(id)) ? size : 0), 0) / 1000;
    return {
      drawn,
      firstPaint,
      scriptKb: sum((type) => type === 'Script'),
      totalKb: sum(() => true),
    };
  } finally {
    await context.close();
  }
}
