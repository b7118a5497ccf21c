import { quantile } from 'd3-array';

/** What a browser takes from https and from this machine; Node's own fetch leaves out Brotli here. */
const AS_BROWSERS = { 'accept-encoding': 'gzip, deflate, br' };

/** A page, and the session that asks for it. */
export type Page = { url: string; cookie: string };

/** Medians in milliseconds, and the page's size as it is read, unpacked. */
export type PageTime = { first: number; whole: number; bytes: number };

/** Asks for pages in turns, so that all meet the same machine. The first `warmUp` rounds do not count. */
export async function inTurns(
  pages: readonly Page[],
  { requests, warmUp }: { requests: number; warmUp: number },
): Promise<PageTime[]> {
  const times = pages.map(() => ({ first: [] as number[], whole: [] as number[], bytes: 0 }));
  for (let request = 0; request < requests + warmUp; request += 1) {
    for (const [index, { url, cookie }] of pages.entries()) {
      const time = times[index];
      const start = performance.now();
      const response = await fetch(url, { headers: { cookie, ...AS_BROWSERS } });
      const headers = performance.now() - start;
      if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status} ${response.url}`);
      const body = await response.arrayBuffer();
      if (request < warmUp || time === undefined) continue;
      time.bytes = body.byteLength;
      time.first.push(headers);
      time.whole.push(performance.now() - start);
    }
  }
  return times.map(({ first, whole, bytes }) => ({ first: middle(first), whole: middle(whole), bytes }));
}

/** The median; NaN of nothing. */
export function middle(times: readonly number[]): number {
  return quantile(times, 0.5) ?? Number.NaN;
}

/** The median of so many times that the work is done, one after another, in milliseconds. */
export async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return middle(taken);
}
