import { KeptQueue } from './kept-queue.ts';
import { SaveQueue, type QueueStatus } from './save-queue.ts';
import { send } from './send.ts';
import { isReachable, PATIENCE_MS } from './sending.ts';
import { hideStuck, showStuck, whyStuck } from './stuck.ts';
import { submitAfterAll } from './submit.ts';

/**
 * A page around the statements of a form, where it is submitted or closed on this device. What the device still keeps
 * goes to the server when the page is opened, and again before anything is sent: afterwards it is too late, and somebody
 * else may use the device next.
 */
export class SettledPage {
  readonly #forms: readonly HTMLFormElement[];
  readonly #kept: KeptQueue;
  readonly #queue: SaveQueue;
  #status: QueueStatus = { state: 'saved', unsent: 0, entries: {} };
  #isSettled = false;

  /** @param forms those that wait for it; `data-settle` of the first holds the path of the rater's form */
  constructor(forms: readonly HTMLFormElement[]) {
    this.#forms = forms;
    this.#kept = new KeptQueue(forms[0]?.dataset['settle'] ?? '', () => location.replace('/stopped'));
    this.#queue = new SaveQueue({
      clock: () => Date.now(),
      send,
      keep: this.#kept,
      onStatus: (status) => this.#show(status),
      onStored: () => {},
      // What the server refuses for good it will not take later either; this page has no question to say it at.
      refusalText: () => '',
    });
  }

  start(): void {
    for (const form of this.#forms) form.addEventListener('submit', (event) => void this.#onSubmit(event, form));
    addEventListener('online', () => {
      if (this.#status.state === 'saved') this.#unstick();
      this.#queue.retryNow();
    });
    void this.#sendWaiting();
  }

  /** What an earlier visit left. A page that tells what is still open tells it anew once the server has that. */
  async #sendWaiting(): Promise<void> {
    const count = await this.#takeUp();
    if (count === 0 || !document.querySelector('[data-tells-open]')) return;
    const outcome = await this.#queue.settle(PATIENCE_MS);
    if (outcome === 'done' && (await this.#kept.load()).length === 0) location.reload();
  }

  /** Read anew each time: another tab may have left something since this page was opened. */
  async #takeUp(): Promise<number> {
    const waiting = await this.#kept.load();
    for (const { key, path, value, changedAt } of waiting) this.#queue.restore(key, path, value, changedAt);
    return waiting.length;
  }

  async #onSubmit(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    if (this.#isSettled) return;
    event.preventDefault();
    await this.#takeUp();
    const isWaiting = (await this.#queue.settle(PATIENCE_MS)) === 'waiting';
    if (isWaiting || !(await isReachable(location.pathname)))
      return showStuck(form, whyStuck(this.#status, this.#kept.isKept));
    this.#isSettled = true;
    await ('forget' in form.dataset ? this.#kept.forget() : this.#kept.wipe());
    submitAfterAll(form);
  }

  #show(status: QueueStatus): void {
    this.#status = status;
    document.querySelector('[data-waits-here]')?.toggleAttribute('hidden', status.state !== 'waiting');
    if (status.state === 'saved') this.#unstick();
  }

  #unstick(): void {
    for (const form of this.#forms) hideStuck(form);
  }
}
