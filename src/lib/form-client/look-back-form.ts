import type { ScaleAnswer, StoredScale } from '#lib/form/answer.ts';
import { readLookBack, writeLookBack } from './fields.ts';
import { clickByEnter } from './keys.ts';
import type { KeptQueue } from './kept-queue.ts';
import { KnownAnswers, readRecord, thenKey, writeRecord } from './known-answers.ts';
import { showOffline, showStatus } from './progress.ts';
import type { QueueStatus, SaveQueue } from './save-queue.ts';
import { isReachable, openQueue, PATIENCE_MS, sendInTime, takeUp } from './sending.ts';
import { hideStuck, showStuck, whyStuck } from './stuck.ts';
import { submitAfterAll } from './submit.ts';
import { sayText } from './texts.ts';

const NOTHING: ScaleAnswer = { value: null, notes: [] };

/** The page on which the IB'er looks back: each number is saved as it is given, as on the pages of the form. */
export class LookBackForm {
  readonly #form: HTMLFormElement;
  readonly #codes: readonly string[];
  readonly #known = new KnownAnswers();
  readonly #queue: SaveQueue;
  readonly #kept: KeptQueue;
  #status: QueueStatus = { state: 'saved', unsent: 0, entries: {} };
  #isLeaving = false;
  #hasToldRefusal = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#codes = (form.dataset['lookBack'] ?? '').split(' ');
    const { queue, kept } = openQueue(form, {
      status: (status) => this.#show(status),
      stored: (key, stored) => {
        this.#known.learn(key, stored as StoredScale);
        this.#refresh();
      },
      forgotten: () => this.#close(),
    });
    this.#queue = queue;
    this.#kept = kept;
  }

  /** From now on numbers are saved as they are given; what was given before scripts ran is saved at once. */
  start(): void {
    const loaded = readRecord(this.#form) as Record<string, StoredScale>;
    for (const code of this.#codes) {
      const stored = loaded[code];
      if (stored) this.#known.learn(thenKey(code), stored);
      this.#save(code);
    }
    this.#form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) this.#save(target.name.replace(/^then\./, ''));
    });
    this.#form.addEventListener('keydown', clickByEnter);
    this.#form.addEventListener('submit', (event) => void this.#onSubmit(event));
    sendInTime(this.#queue, {
      flush: () => this.#queue.flush(),
      mayLeave: () => this.#isLeaving || this.#status.unsent === 0,
    });
    addEventListener('online', () => {
      if (this.#status.state === 'saved') hideStuck(this.#form);
    });
    // A page that the browser kept whole may be older than what another device has saved.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) location.reload();
    });
    void this.#takeUp();
  }

  /** What an earlier visit left here waiting for the connection. */
  async #takeUp(): Promise<void> {
    await takeUp(
      { queue: this.#queue, kept: this.#kept },
      (key) => this.#known.changedAt(key),
      // An answer of the form itself comes too late by now: the form was submitted.
      (key) => this.#codes.some((code) => key === thenKey(code)),
    );
    this.#refresh();
    this.#show(this.#status);
  }

  #save(code: string): void {
    const value = readLookBack(this.#form, code);
    const key = thenKey(code);
    const isNews = this.#queue.unsent(key) !== null || value !== (this.#known.scale(key) ?? NOTHING).value;
    if (value === null || !isNews) return;
    const path = `${this.#form.dataset['path']}/look-back/${code}`;
    this.#queue.put(key, path, { value }, { knownAt: this.#known.changedAt(key) });
  }

  /** Makes the fields say what is newest, and keeps the record with which the page is sent. */
  #refresh(): void {
    const stored = this.#codes.flatMap((code) => {
      const key = thenKey(code);
      const known = this.#known.scale(key);
      const unsent = this.#queue.unsent(key) as { value: number } | null;
      writeLookBack(this.#form, code, (unsent ?? known ?? NOTHING).value);
      return known ? [[code, known] as const] : [];
    });
    writeRecord(this.#form, Object.fromEntries(stored));
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    if (this.#isLeaving) return;
    event.preventDefault();
    const button = event.submitter;
    const isStop = button instanceof HTMLButtonElement && button.value === 'stop';
    if (isStop) await this.#takeUp(); // another page of this browser may have left something
    const outcome = await this.#queue.settle(PATIENCE_MS);
    // Somebody who goes on after having seen what was refused may.
    if (outcome === 'waiting' || (outcome === 'refused' && !this.#hasToldRefusal)) {
      this.#hasToldRefusal = outcome === 'refused';
      const isRefused = outcome === 'refused';
      return showStuck(this.#form, isRefused ? sayText('stuck-failed') : whyStuck(this.#status, this.#kept.isKept));
    }
    if (!(await isReachable(location.pathname))) {
      return showStuck(this.#form, whyStuck(this.#status, this.#kept.isKept));
    }
    this.#queue.forgetRefused();
    this.#refresh();
    if (isStop) await this.#kept.forget();
    this.#isLeaving = true;
    submitAfterAll(this.#form, button);
  }

  /** "Stoppen" on another page of this browser, which has sent what was kept: nothing of this form stays on the device. */
  #close(): void {
    this.#isLeaving = true;
    location.replace('/stopped');
  }

  #show(status: QueueStatus): void {
    showStatus(this.#form, status, this.#status);
    this.#status = status;
    if (status.state === 'waiting') showOffline(this.#form, this.#kept.isKept);
    if (status.state !== 'saved') return;
    hideStuck(this.#form);
    this.#hasToldRefusal = false;
  }
}
