import { KeptQueue } from './kept-queue.ts';
import { SaveQueue, type QueueStatus } from './save-queue.ts';
import { send } from './send.ts';
import { isReachable, PATIENCE_MS } from './sending.ts';
import { hideStuck, showStuck } from './stuck.ts';
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
  /** Something went to the server that the page was made without. */
  #isOld = false;
  /** A press is being dealt with: no other is, and the page stays. */
  #isBusy = false;
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
      this.#unstick();
      this.#queue.retryNow();
    });
    // A page that the browser kept whole may be older than what was answered since.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) openAnew();
    });
    void this.#takeUp();
  }

  /** What an earlier visit or another tab left. @returns how much that was */
  async #takeUp(): Promise<number> {
    const waiting = await this.#kept.load();
    for (const { key, path, value, changedAt } of waiting) this.#queue.restore(key, path, value, changedAt);
    this.#isOld ||= waiting.length > 0;
    return waiting.length;
  }

  /** Whether the server has all that it will take. Read twice: another tab may leave something while this is sent. */
  async #sendAll(): Promise<boolean> {
    await this.#takeUp();
    const outcome = await this.#queue.settle(PATIENCE_MS);
    if (outcome !== 'done') return outcome === 'refused';
    return (await this.#takeUp()) === 0 || (await this.#queue.settle(PATIENCE_MS)) !== 'waiting';
  }

  async #onSubmit(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    if (this.#isSettled) return;
    event.preventDefault();
    if (this.#isBusy) return;
    this.#isBusy = true;
    const isSent = await this.#sendAll();
    if (!isSent || !(await isReachable(location.pathname))) {
      this.#isBusy = false;
      return this.#stick(form, isSent ? 'unreachable' : 'waiting');
    }
    this.#isSettled = true;
    await ('forget' in form.dataset ? this.#kept.forget() : this.#kept.wipe());
    submitAfterAll(form);
  }

  /** Says why nothing was sent or closed, in the words of that form. */
  #stick(form: HTMLFormElement, why: 'waiting' | 'unreachable'): void {
    this.#unstick();
    showStuck(form, form.querySelector<HTMLElement>('.stuck')?.dataset[why] ?? '');
  }

  #unstick(): void {
    for (const form of this.#forms) hideStuck(form);
  }

  #show({ state, entries }: QueueStatus): void {
    const isWaiting = Object.values(entries).some((entry) => entry.state === 'waiting');
    document.querySelector('[data-waits-here]')?.toggleAttribute('hidden', !isWaiting);
    if (state !== 'saved') return;
    this.#unstick();
    void this.#renew();
  }

  /** A page that tells how far its reader is tells it anew (`data-renews`), once the server has what waited. */
  async #renew(): Promise<void> {
    if (!this.#isOld || !document.querySelector('[data-renews]')) return;
    const isAll = (await this.#kept.load()).length === 0;
    if (isAll && !this.#isBusy) openAnew();
  }
}

/** The page again, as it is asked for: it may be what came back of a form that was refused. */
function openAnew(): void {
  location.replace(location.pathname);
}
