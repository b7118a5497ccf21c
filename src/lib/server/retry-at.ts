/**
 * When whoever was refused for asking too often may try again, noted aside in the request so that the answer can say so in
 * its headers (RFC 9110 §10.2.3): a page's load or action can give a status, and no header with it.
 */
let note: (until: Date) => void = () => {};

/** Set once by the server, which knows what the request in hand is; elsewhere nothing is noted. */
export function noteRetriesBy(way: (until: Date) => void): void {
  note = way;
}

export function noteRetry(until: Date): void {
  note(until);
}

/** The seconds of a `Retry-After`: whole, and never none. */
export function secondsUntil(until: Date, now: Date): string {
  return String(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)));
}
