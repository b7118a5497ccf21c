/**
 * How far the server's clock is ahead of this device's, in milliseconds.
 * @param serverTime the server's time when it made the page
 */
export function clockOffset(serverTime: number): number {
  return serverTime - arrival();
}

/** When the page arrived, by this device's clock; now, when the page was fetched by scripts. */
function arrival(): number {
  const [navigation] = performance.getEntriesByType('navigation');
  const isFirstPage = !document.documentElement.hasAttribute('data-hydrated');
  return isFirstPage && navigation instanceof PerformanceNavigationTiming
    ? performance.timeOrigin + navigation.responseStart
    : Date.now();
}
