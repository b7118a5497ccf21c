import { DomainError, type ErrorCode } from '#lib/errors.ts';

/** What takes much memory is done by so many at a time; others wait, in the order of coming, and the rest is refused. */
export class Turns {
  readonly #most: { atOnce: number; waiting: number };
  readonly #refusal: ErrorCode;
  readonly #queue: (() => void)[] = [];
  #busy = 0;

  /** @param refusal what whoever comes when too many wait is told */
  constructor(most: { atOnce: number; waiting: number }, refusal: ErrorCode) {
    this.#most = most;
    this.#refusal = refusal;
  }

  /** Does it in its turn. @throws DomainError the refusal; what the work throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#most.atOnce) this.#busy += 1;
    else await this.#wait();
    try {
      return await work();
    } finally {
      // Whoever waits longest takes over the place; else there is one more.
      const next = this.#queue.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }

  async #wait(): Promise<void> {
    if (this.#queue.length >= this.#most.waiting) throw new DomainError(this.#refusal);
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }
}
