import { quantile } from 'd3-array';
import type { Browser, BrowserContext } from '@playwright/test';

/** Medians in milliseconds; kilobytes over the wire, compressed, without headers. */
export type PageFigures = { drawn: number; firstPaint: number; scriptKb: number; totalKb: number };

const RUNS = 7;
const SLOWDOWN = 4;

/**
 * What the report page costs the reader's browser with the processor slowed four times, each time with empty caches.
 * The charts stand in the first paint as SVG; `drawn` is from the start of the navigation until the canvas of the first
 * gap chart, scrolled to, has taken its place.
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
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 1280, height: 900 } });
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
    await page.goto(url, { waitUntil: 'commit' });
    const drawn = await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('#aspects ~ * .chart canvas');
      canvas?.scrollIntoView();
      const isDrawn =
        canvas &&
        canvas.width > 0 &&
        canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
      return isDrawn ? performance.now() : null;
    });
    const firstPaint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    await page.waitForLoadState('networkidle');
    const sum = (isCounted: (type: string | undefined) => boolean) =>
      [...bytes].reduce((total, [id, size]) => total + (isCounted(types.get(id)) ? size : 0), 0) / 1000;
    return {
      drawn: (await drawn.jsonValue()) ?? Number.NaN,
      firstPaint,
      scriptKb: sum((type) => type === 'Script'),
      totalKb: sum(() => true),
    };
  } finally {
    await context.close();
  }
}
