import { TooManyAttempts } from './guesses-service.ts';

/** How long who found no place is asked to wait, in milliseconds: by then one has come free, unless the line is very slow. */
const WAIT_MS = 10_000;

/** So many at a time for each subject, and for all together: who comes for more is refused, until one of them comes free. */
export class Places {
  readonly #most: number;
  readonly #mostOfAll: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostOfAll = Infinity) {
    this.#most = most;
    this.#mostOfAll = mostOfAll;
  }

  /**
   * Takes a place.
   * @returns what gives it back; more than once is harmless
   * @throws TooManyAttempts
   */
  take(subject: string): () => void {
    const taken = this.#taken.get(subject) ?? 0;
    if (taken >= this.#most || this.#all >= this.#mostOfAll) throw new TooManyAttempts(new Date(Date.now() + WAIT_MS));
    this.#taken.set(subject, taken + 1);
    this.#all += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#all -= 1;
      const left = (this.#taken.get(subject) ?? 0) - 1;
      if (left > 0) this.#taken.set(subject, left);
      else this.#taken.delete(subject);
    };
  }
}
