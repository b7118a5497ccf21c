/**
 * How far the server's clock is ahead of this device's, in milliseconds; negative when it is behind.
 *
 * The server read its clock somewhere between the request and the first byte of its answer. A device whose clock can be
 * right by that is taken to be right; another is moved no further than it must be, so that of two devices the later
 * answer wins, whatever the connection of each.
 * @param serverTime the server's time when it made the page
 */
export function clockOffset(serverTime: number): number {
  const [navigation] = performance.getEntriesByType('navigation');
  if (!(navigation instanceof PerformanceNavigationTiming)) return 0;
  return offsetBetween(
    serverTime,
    performance.timeOrigin + navigation.requestStart,
    performance.timeOrigin + navigation.responseStart,
  );
}

/** The smallest correction by which `serverTime` lies between the request and the answer; all in milliseconds. */
export function offsetBetween(serverTime: number, asked: number, answered: number): number {
  if (serverTime < asked) return serverTime - asked;
  return serverTime > answered ? serverTime - answered : 0;
}
