import { isSameAnswer, isSameScale, NOT_ANSWERED } from '#lib/form/answer.ts';
import type { Answer, ScaleAnswer } from '#lib/form/answer.ts';
import { afterFrame } from './after-frame.ts';
import { readFields, readScaleFields, writeFields, writeScaleFields } from './fields.ts';
import { answerByKey, answerIn, clickByEnter, moveTo } from './keys.ts';
import { readRecord, scaleKey, writeRecord, type KnownAnswers, type LoadedAnswers } from './known-answers.ts';
import { codesIn, showProgress, showStatus } from './progress.ts';
import { showRemark } from './remark-field.ts';
import { offerRest } from './rest.ts';
import type { QueueStatus, SaveQueue } from './save-queue.ts';

const TYPING_PAUSE_MS = 600;
/** An answer waits this long at most for the frame that shows it. */
const FRAME_MS = 250;
const NO_SCALE: ScaleAnswer = { value: null, notes: [] };

/** One page of the form: its fields, between the reader and the queue that saves them. */
export class FormPage {
  readonly form: HTMLFormElement;
  readonly #queue: SaveQueue;
  readonly #known: KnownAnswers;
  readonly #codes: string[];
  /** The competency whose scale question is on this page; null where there is none. */
  readonly #scale: string | null;
  #shown: QueueStatus = { state: 'saved', unsent: 0, entries: {} };
  /** What was answered since the last frame: the mark is seen first, then it is taken to the queue. */
  readonly #changed = new Set<HTMLElement>();

  constructor(form: HTMLFormElement, queue: SaveQueue, known: KnownAnswers) {
    this.form = form;
    this.#queue = queue;
    this.#known = known;
    this.#codes = codesIn(form);
    this.#scale = form.querySelector('.scale-q') ? (form.dataset['page'] ?? null) : null;
  }

  /**
   * From now on the fields are saved as they change.
   * @param isFirst the page that the browser itself loaded: what was answered on it before scripts ran is saved at once.
   *   A page that was fetched ahead is only a record of its moment, and nobody can have answered on it.
   */
  start({ isFirst }: { isFirst: boolean }): void {
    const loaded = readRecord(this.form) as LoadedAnswers;
    for (const code of this.#codes) {
      const stored = loaded.aspects[code];
      if (stored) this.#known.learn(code, stored);
      if (isFirst && !isSameAnswer(readFields(this.form, code), stored ?? NOT_ANSWERED)) this.#saveAspect(code);
    }
    if (this.#scale !== null) {
      if (loaded.scale) this.#known.learn(scaleKey(this.#scale), loaded.scale);
      if (isFirst && !isSameScale(this.#readScale(), loaded.scale ?? NO_SCALE)) this.#saveScale();
    }
    this.#listen();
    offerRest(this.form, (codes) => {
      for (const code of codes) this.#saveAspect(code);
      showProgress(this.form);
    });
    for (const field of this.form.querySelectorAll('textarea')) showRemark(field);
    this.refresh();
  }

  /** Makes the fields say what is newest: what waits here, or else what the server has. */
  refresh(): void {
    this.takeChanges();
    for (const code of this.#codes) {
      const newest = (this.#queue.unsent(code) as Answer | null) ?? this.#known.aspect(code);
      if (newest && !isSameAnswer(newest, readFields(this.form, code))) writeFields(this.form, code, newest);
    }
    if (this.#scale !== null) {
      const unsent = this.#queue.unsent(scaleKey(this.#scale)) as ScaleAnswer | null;
      const newest = unsent ?? this.#known.scale(scaleKey(this.#scale));
      if (newest && !isSameScale(newest, this.#readScale())) writeScaleFields(this.form, this.#scale, newest);
    }
    this.keepRecord();
    showProgress(this.form);
  }

  /** Takes to the queue what the fields say since the last frame; for whoever cannot wait for the next. */
  takeChanges(): void {
    if (this.#changed.size === 0) return;
    for (const field of this.#changed) {
      // Set again by the queue, unless it turns out that the server has the answer already.
      questionOf(field)?.removeAttribute('data-unsent');
      this.#save(field);
    }
    this.#changed.clear();
    this.form.dataset['saveState'] = this.#shown.state;
    showProgress(this.form);
  }

  /** Notes what the server has now; the fields stay as they are, for somebody may be typing. */
  keepRecord(): void {
    writeRecord(this.form, this.#stored());
  }

  showStatus(status: QueueStatus): void {
    showStatus(this.form, status, this.#shown);
    this.#shown = status;
  }

  #listen(): void {
    const { form } = this;
    form.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      // In no frame is called saved what the server does not have.
      if (this.#shown.state === 'saved') form.dataset['saveState'] = 'saving';
      questionOf(target)?.setAttribute('data-unsent', '');
      if (this.#changed.size === 0) {
        afterFrame(() => this.takeChanges());
        setTimeout(() => this.takeChanges(), FRAME_MS);
      }
      this.#changed.add(target);
    });
    form.addEventListener('input', ({ target }) => {
      if (!(target instanceof HTMLTextAreaElement)) return;
      showRemark(target);
      this.#save(target, TYPING_PAUSE_MS);
    });
    form.addEventListener('focusout', ({ target }) => {
      if (target instanceof HTMLTextAreaElement) this.#queue.flush();
    });
    // To what is still open with the focus too, so that keys answer there.
    form.querySelector<HTMLAnchorElement>('[data-open]')?.addEventListener('click', (event) => {
      const { hash } = event.currentTarget as HTMLAnchorElement;
      const open = document.getElementById(decodeURIComponent(hash.slice(1)));
      if (!open) return;
      event.preventDefault();
      moveTo(answerIn(open));
    });
    form.addEventListener('keydown', (event) => {
      if (!clickByEnter(event) && answerByKey(event)) event.preventDefault();
    });
  }

  #save(field: HTMLElement, pauseMs = 0): void {
    const code = field.closest<HTMLElement>('.aspect')?.dataset['code'];
    if (code !== undefined) this.#saveAspect(code, pauseMs);
    else if (field.closest('.scale-q')) this.#saveScale(pauseMs);
  }

  #saveAspect(code: string, pauseMs = 0): void {
    const answer = readFields(this.form, code);
    const stored = this.#known.aspect(code) ?? NOT_ANSWERED;
    const isNews = this.#queue.unsent(code) !== null || !isSameAnswer(answer, stored);
    if (isNews) this.#put(code, `answers/${code}`, answer, pauseMs);
  }

  #saveScale(pauseMs = 0): void {
    if (this.#scale === null) return;
    const scale = this.#readScale();
    const key = scaleKey(this.#scale);
    if (this.#queue.unsent(key) === null && isSameScale(scale, this.#known.scale(key) ?? NO_SCALE)) return;
    this.#put(key, `scale/${this.#scale}`, scale, pauseMs);
  }

  #put(key: string, path: string, value: object, pauseMs: number): void {
    const knownAt = this.#known.changedAt(key);
    this.#queue.put(key, `${this.form.dataset['path']}/${path}`, value, { knownAt, pauseMs });
  }

  #readScale(): ScaleAnswer {
    const notes = this.form.querySelectorAll('.scale-q textarea').length;
    return readScaleFields(this.form, this.#scale ?? '', notes);
  }

  #stored(): LoadedAnswers {
    const aspects = this.#codes.flatMap((code) => {
      const stored = this.#known.aspect(code);
      return stored ? [[code, stored] as const] : [];
    });
    const scale = this.#scale === null ? undefined : this.#known.scale(scaleKey(this.#scale));
    return { aspects: Object.fromEntries(aspects), scale: scale ?? null };
  }
}

/** The statement or scale question that a field belongs to. */
function questionOf(field: HTMLElement): Element | null {
  return field.closest('.aspect, .scale-q');
}
