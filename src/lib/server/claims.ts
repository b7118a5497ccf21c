/** Claims of others that are remembered; they hold a handful at a time. */
const MOST_REMEMBERED = 1000;

/**
 * Tells when a claim in the database was left behind by a process that is gone: when it has stood unchanged for so long on
 * this process's own clock, which nobody sets. Compared with the time of day, a clock that is put forward would let a
 * second process take over what the first is still doing. Whoever holds a claim changes it from time to time.
 */
export class ClaimWatch {
  readonly #lapsesAfter: number;
  readonly #elapsed: () => number;
  readonly #seen = new Map<string, { claim: string; since: number }>();

  /**
   * @param lapsesAfter milliseconds
   * @param elapsed milliseconds since some moment, never going back
   */
  constructor(lapsesAfter: number, elapsed: () => number = () => performance.now()) {
    this.#lapsesAfter = lapsesAfter;
    this.#elapsed = elapsed;
  }

  /** Whether what is claimed so may be claimed by this process; what is not claimed at all always may. */
  isFree(key: string, claim: string | null): boolean {
    if (claim === null) {
      this.#seen.delete(key);
      return true;
    }
    const before = this.#seen.get(key);
    if (before?.claim === claim) return this.#elapsed() - before.since >= this.#lapsesAfter;
    if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear(); // what is claimed still is seen again, and waits once more
    this.#seen.set(key, { claim, since: this.#elapsed() });
    return false;
  }
}
