const MINUTE = 60_000;
const LONGEST = 6 * 60 * MINUTE;

/** After so many attempts a mail has been tried for over two days, and is given up. */
export const MOST_ATTEMPTS = 17;

/**
 * Milliseconds until a mail is tried again that the server put off: a minute, doubling, at most six hours.
 * @param attempts how often it was tried
 * @param chance 0–1: a fifth more or less, so that mails that were put off together do not come back together
 */
export function retryAfter(attempts: number, chance: number): number {
  return Math.round(Math.min(LONGEST, MINUTE * 2 ** (attempts - 1)) * (0.8 + 0.4 * chance));
}

/** Milliseconds until a server that could not be reached is tried again: five seconds, doubling, at most five minutes. */
export function pauseAfter(failures: number, chance: number): number {
  return Math.round(Math.min(5 * MINUTE, 5000 * 2 ** (failures - 1)) * (0.8 + 0.4 * chance));
}
