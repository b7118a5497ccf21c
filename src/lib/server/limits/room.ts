import { DomainError, type ErrorCode } from '#lib/errors.ts';

/** What the sender of a body has left of the minute that its request may take (wire/server.ts), with time to say so. */
const PATIENCE_MS = 20_000;

/**
 * Room in memory for what comes in at the speed of its sender: so many bytes together. Whoever does not fit waits, in the order of
 * coming, for twenty seconds at most, and the rest is refused.
 */
export class Room {
  readonly #refusal: ErrorCode;
  readonly #mostWaiting: number;
  readonly #patienceMs: number;
  readonly #queue: { bytes: number; enter: () => void }[] = [];
  #free: number;

  /** @param refusal what whoever comes when too many wait, or waited too long, is told */
  constructor(
    { bytes, waiting, patienceMs = PATIENCE_MS }: { bytes: number; waiting: number; patienceMs?: number },
    refusal: ErrorCode,
  ) {
    this.#free = bytes;
    this.#mostWaiting = waiting;
    this.#patienceMs = patienceMs;
    this.#refusal = refusal;
  }

  /**
   * Does it once there is room, which is given back when it is done.
   * @param bytes the most that it keeps; no more than there is in all, or it would wait for ever
   * @throws DomainError the refusal; what the work throws
   */
  async take<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#queue.length === 0 && bytes <= this.#free) this.#free -= bytes;
    else await this.#wait(bytes);
    try {
      return await work();
    } finally {
      this.#free += bytes;
      this.#letIn();
    }
  }

  async #wait(bytes: number): Promise<void> {
    if (this.#queue.length >= this.#mostWaiting) throw new DomainError(this.#refusal);
    await new Promise<void>((resolve, reject) => {
      const waiting = {
        bytes,
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(new DomainError(this.#refusal));
        this.#letIn(); // a smaller one may have stood behind it
      }, this.#patienceMs);
      this.#queue.push(waiting);
    });
  }

  #letIn(): void {
    for (let [next] = this.#queue; next && next.bytes <= this.#free; [next] = this.#queue) {
      this.#queue.shift();
      this.#free -= next.bytes;
      next.enter();
    }
  }
}
