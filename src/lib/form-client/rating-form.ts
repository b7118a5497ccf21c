import type { StoredAnswer, StoredScale } from '#lib/form/answer.ts';
import { afterFrame } from './after-frame.ts';
import { anchorOf } from './anchors.ts';
import { FormPage } from './form-page.ts';
import { KeptPages } from './kept-pages.ts';
import type { KeptQueue } from './kept-queue.ts';
import { answerIn, focusOn, moveTo } from './keys.ts';
import { KnownAnswers, scaleKey } from './known-answers.ts';
import { endPress, guardPresses } from './one-press.ts';
import { showOffline } from './progress.ts';
import type { QueueStatus, SaveQueue } from './save-queue.ts';
import { TIMEOUT_MS } from './send.ts';
import { isReachable, openQueue, PATIENCE_MS, sendInTime, takeUp } from './sending.ts';
import { hideStuck, showStuck, whyStuck } from './stuck.ts';
import { submitAfterAll } from './submit.ts';
import { sayText } from './texts.ts';
import { layOutInPauses, layOutNow } from './whole-page.ts';

const NEWS_MS = 20_000;

/** What the server tells of a form that is open on this device (GET …/answers). */
type News = { writable: boolean; aspects: Record<string, StoredAnswer>; scales: Record<string, StoredScale> };

/** A rater's form while it is open on this device: its queue, what the server has, and the page on the screen. */
export class RatingForm {
  readonly #path: string;
  readonly #pages: readonly string[];
  readonly #kept: KeptQueue;
  readonly #keptPages = new KeptPages();
  readonly #known = new KnownAnswers();
  readonly #queue: SaveQueue;
  #page: FormPage;
  #status: QueueStatus = { state: 'saved', unsent: 0, entries: {} };
  #isLeaving = false;
  #hasToldRefusal = false;
  #going = 0;
  #heardAt = 0;

  constructor(form: HTMLFormElement) {
    this.#path = form.dataset['path'] ?? '';
    this.#pages = (form.dataset['pages'] ?? '').split(' ').map((code) => `${this.#path}/${code}`);
    const { queue, kept } = openQueue(form, {
      status: (status) => this.#show(status),
      stored: (key, stored, isOurs) => {
        this.#known.learn(key, stored as StoredAnswer | StoredScale);
        if (isOurs) this.#page.keepRecord();
        else this.#page.refresh();
      },
      forgotten: () => this.#leaveForGood(),
    });
    this.#queue = queue;
    this.#kept = kept;
    this.#page = new FormPage(form, this.#queue, this.#known);
  }

  /** From now on answers are saved as they are given. */
  start(): void {
    // Opened from the last look it leads back there (`?from=open`): what follows it on the way through is fetched.
    if (location.search === '') this.#keptPages.keep(this.#here(), document);
    this.#begin({ isFirst: true });
    if (scrollY > 0) layOutNow(this.#page.form);
    else layOutInPauses(this.#page.form);
    this.#listen();
    void this.#takeUp();
    void this.#keptPages.fetchAhead(this.#pages);
    // Until the page is whole a browser that brings somebody to its fragment takes the focus away again.
    if (document.readyState === 'complete') this.#focusOnAsked();
    else addEventListener('load', () => this.#focusOnAsked(), { once: true });
  }

  /** A link brought somebody to a statement: there keys answer, unless something has the focus already. */
  #focusOnAsked(): void {
    const asked = document.querySelector<HTMLElement>('fieldset:target');
    const answer = asked && answerIn(asked);
    if (answer && document.activeElement === document.body) focusOn(answer);
  }

  #begin({ isFirst }: { isFirst: boolean }): void {
    this.#page.start({ isFirst });
    // What an earlier visit left is not known yet: nothing is called saved before that.
    if (!isFirst) this.#show(this.#status);
    this.#page.form.addEventListener('submit', (event) => void this.#onSubmit(event));
  }

  #listen(): void {
    // Scrolled, or answered: not focused, for the foot would come between a press of the mouse and its release.
    // Not in the frame that shows the answer, which would wait for it.
    const move = () => afterFrame(() => document.documentElement.setAttribute('data-moved', ''));
    if (scrollY > 0) move(); // opened at a statement
    guardPresses();
    for (const event of ['scroll', 'change']) document.addEventListener(event, move, { once: true, passive: true });
    sendInTime(this.#queue, {
      flush: () => this.#flush(),
      mayLeave: () => this.#isLeaving || this.#status.unsent === 0,
    });
    addEventListener('online', () => {
      if (this.#status.state === 'saved') hideStuck(this.#page.form);
      void this.#hear();
      void this.#keptPages.fetchAhead(this.#pages);
    });
    addEventListener('focus', () => void this.#hear());
    // A page that the browser kept whole is open again.
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      this.#isLeaving = false;
      void this.#hear();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#hear();
    });
    addEventListener('popstate', () => {
      if (location.pathname !== this.#here()) void this.#go(location.pathname, { isBack: true });
    });
    setInterval(() => void this.#hear(), NEWS_MS);
  }

  /** Sends what an earlier visit could not, unless the server has something newer. */
  async #takeUp(): Promise<void> {
    await takeUp({ queue: this.#queue, kept: this.#kept }, (key) => this.#known.changedAt(key));
    this.#page.refresh();
    this.#show(this.#status);
  }

  /** What was answered on another device, or in another tab, since. */
  async #hear(): Promise<void> {
    if (document.visibilityState !== 'visible' || Date.now() - this.#heardAt < 1000) return;
    this.#heardAt = Date.now();
    let news: News;
    try {
      const reply = await fetch(`${this.#path}/answers`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (reply.status === 404) return await this.#close();
      if (!reply.ok) return;
      news = (await reply.json()) as News;
    } catch {
      return; // no connection: the next time
    }
    if (!news.writable && this.#status.unsent === 0) return this.#leaveTo(this.#path);
    const stored = [
      ...Object.entries(news.aspects),
      ...Object.entries(news.scales).map(([competency, scale]) => [scaleKey(competency), scale] as const),
    ];
    if (stored.map(([key, each]) => this.#known.learn(key, each)).some(Boolean)) this.#page.refresh();
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    if (this.#isLeaving) return;
    event.preventDefault();
    const { form } = this.#page;
    const button = event.submitter;
    const go = button instanceof HTMLButtonElement ? button.value : 'next';
    const target = go === 'back' ? form.dataset['back'] : go === 'next' ? form.dataset['next'] : undefined;
    this.#flush();
    if (target !== undefined && this.#pages.includes(target)) {
      if (this.#queue.refused.length > 0 && !this.#hasToldRefusal) return this.#stick();
      this.#queue.forgetRefused();
      await this.#go(target);
      return;
    }
    if (go === 'stop') await this.#takeUp(); // another page of this browser may have left something
    const outcome = await this.#queue.settle(PATIENCE_MS);
    // Somebody who goes on after having seen what was refused may.
    if (outcome === 'waiting' || (outcome === 'refused' && !this.#hasToldRefusal)) return this.#stick();
    this.#queue.forgetRefused();
    if (target !== undefined) return this.#leaveTo(target);
    if (!(await isReachable(this.#path))) return this.#stick();
    if (go === 'stop') await this.#kept.forget();
    this.#isLeaving = true;
    submitAfterAll(form, button);
  }

  /** Sends what is held back: until the frame with the mark is there, or until somebody pauses typing. */
  #flush(): void {
    this.#page.takeChanges();
    this.#queue.flush();
  }

  /** Shows another page of the form in place of this one. */
  async #go(path: string, { isBack = false, anchor = '' } = {}): Promise<void> {
    this.#page.takeChanges();
    const turn = ++this.#going;
    const fetched = this.#pages.includes(path) ? await this.#keptPages.get(path) : ({ kind: 'elsewhere' } as const);
    if (turn !== this.#going) return; // somebody pressed again in the meantime: that is the page to show
    if (fetched.kind === 'none') {
      if (isBack) history.pushState(null, '', this.#here()); // the address says what is on the screen
      return this.#stick();
    }
    const app = fetched.kind === 'page' ? fetched.page.querySelector('.app') : null;
    const form = app?.querySelector<HTMLFormElement>('form.form');
    if (fetched.kind === 'elsewhere' || !app || !form) return this.#leaveTo(path);
    if (!isBack) history.pushState(null, '', path);
    document.querySelector('.app')?.replaceWith(document.adoptNode(app));
    document.title = fetched.page.title;
    this.#page = new FormPage(form, this.#queue, this.#known);
    this.#begin({ isFirst: false });
    const place = anchor === '' ? null : document.getElementById(anchor);
    if (place) layOutNow(form);
    else layOutInPauses(form);
    if (place) place.scrollIntoView({ block: 'center' });
    else scrollTo(0, 0);
    const start = (place ?? form).querySelector<HTMLElement>(place ? 'input, textarea' : 'h1');
    if (!place) start?.setAttribute('tabindex', '-1');
    if (start) focusOn(start);
    endPress();
    void this.#hear();
  }

  /** Leaves the form's pages; stays when there is no connection, for the browser would show an empty page. */
  async #leaveTo(path: string): Promise<void> {
    if (!(await isReachable(path))) return this.#stick();
    this.#isLeaving = this.#status.unsent === 0;
    location.assign(path);
  }

  /** The session ended elsewhere ("Stoppen" in another tab): nothing of this form stays on the device. */
  async #close(): Promise<void> {
    if (this.#status.unsent > 0) return; // its own question says that it is not saved
    await this.#kept.wipe();
    this.#leaveForGood();
  }

  #leaveForGood(): void {
    this.#isLeaving = true;
    location.replace('/stopped');
  }

  /** Says why the page stays. */
  #stick(): void {
    const { refused } = this.#queue;
    this.#hasToldRefusal = refused.length > 0;
    const isOnThisPage = (key: string) => this.#page.form.querySelector(`#${CSS.escape(anchorOf(key))}`) !== null;
    const here = refused.find(isOnThisPage);
    const shown = here ?? refused[0];
    if (shown === undefined) return showStuck(this.#page.form, whyStuck(this.#status, this.#kept.isKept));
    const words = sayText(here === undefined ? 'stuck-elsewhere' : 'stuck-failed');
    showStuck(this.#page.form, words, ' ', this.#linkTo(shown));
  }

  /** To an answer on this page or another of the form, without leaving what waits here. */
  #linkTo(key: string): HTMLAnchorElement {
    const anchor = anchorOf(key);
    const path = this.#keptPages.pathWith(anchor) ?? this.#here();
    const link = document.createElement('a');
    link.href = `${path}#${anchor}`;
    link.textContent = sayText('stuck-show');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const place = document.getElementById(anchor);
      if (place) moveTo(answerIn(place));
      else void this.#go(path, { anchor });
    });
    return link;
  }

  #show(status: QueueStatus): void {
    this.#status = status;
    this.#page.showStatus(status);
    if (status.state === 'waiting') showOffline(this.#page.form, this.#kept.isKept);
    if (status.state !== 'saved') return;
    hideStuck(this.#page.form);
    this.#hasToldRefusal = false;
  }

  #here(): string {
    return `${this.#path}/${this.#page.form.dataset['page']}`;
  }
}
