import { DomainError, type ErrorCode } from '#lib/errors.ts';

/**
 * Room in memory for what comes in at the speed of its sender: so many bytes together. Whoever does not fit waits, in the order of
 * coming, and the rest is refused.
 */
export class Room {
  readonly #refusal: ErrorCode;
  readonly #mostWaiting: number;
  readonly #queue: { bytes: number; enter: () => void }[] = [];
  #free: number;

  /** @param refusal what whoever comes when too many wait is told */
  constructor({ bytes, waiting }: { bytes: number; waiting: number }, refusal: ErrorCode) {
    this.#free = bytes;
    this.#mostWaiting = waiting;
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
    await new Promise<void>((enter) => this.#queue.push({ bytes, enter }));
  }

  #letIn(): void {
    for (let [next] = this.#queue; next && next.bytes <= this.#free; [next] = this.#queue) {
      this.#queue.shift();
      this.#free -= next.bytes;
      next.enter();
    }
  }
}
