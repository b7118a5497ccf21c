import type { Answer, ScaleAnswer, StoredAnswer, StoredScale } from '#lib/form/answer.ts';
import { isSameAnswer, isSameScale, NOT_ANSWERED } from '#lib/form/answer.ts';
import type { PageView } from '#lib/form/page-view.ts';
import { readFields, readScaleFields, writeFields, writeScaleFields } from './aspect-fields.ts';
import type { Saver } from './saver.svelte.ts';

const TYPING_PAUSE_MS = 600;
const NO_SCALE: ScaleAnswer = { value: null, notes: [] };

type Loaded = { aspects: Record<string, Answer>; scale: ScaleAnswer | null };
type Given = {
  page: PageView;
  path: string;
  answers: Record<string, StoredAnswer>;
  scale: StoredScale | null;
  /** A page that was sent without scripts and refused: what was typed, and what it was loaded with. */
  refused: { aspects: Record<string, Answer>; scale: ScaleAnswer | null; before: string } | null;
};

/** The answers of one page between its fields and the queue that saves them. */
export class PageAnswers {
  /** What the fields were made with. */
  readonly loaded: Loaded;
  readonly scaleKey: string;
  /** What the fields say now, for counting. */
  now: Record<string, Answer> = $state.raw({});
  /** What the server is known to have. */
  #stored: { aspects: Record<string, StoredAnswer>; scale: StoredScale | null } = $state.raw({
    aspects: {},
    scale: null,
  });
  readonly #page: PageView;
  readonly #path: string;
  readonly #saver: Saver;
  #refusedBefore: string | null = $state(null);
  #form: HTMLFormElement | null = null;

  constructor({ page, path, answers, scale, refused }: Given, saver: Saver) {
    this.#page = page;
    this.#path = path;
    this.#saver = saver;
    this.scaleKey = `scale.${page.code}`;
    this.#stored = { aspects: answers, scale };
    this.#refusedBefore = refused?.before || null;
    const unsentScale = saver.queue.unsent(this.scaleKey) as ScaleAnswer | null;
    this.loaded = refused ?? { aspects: this.#withUnsent(answers), scale: unsentScale ?? scale };
    this.now = this.loaded.aspects;
  }

  /** What a page that is sent without scripts was loaded with; kept true while scripts save. */
  get before(): string {
    return this.#refusedBefore ?? JSON.stringify({ aspects: this.#stored.aspects, scale: this.#stored.scale });
  }

  /**
   * From now on the fields are saved as they change. What the rater answered before scripts ran is saved at once; on a
   * page that scripts made the fields are filled in.
   */
  takeOver(form: HTMLFormElement): void {
    this.#form = form;
    this.#refusedBefore = null;
    const isMadeByScripts = document.documentElement.hasAttribute('data-hydrated');
    for (const code of this.#codes()) {
      if (isMadeByScripts) writeFields(form, code, this.loaded.aspects[code] ?? NOT_ANSWERED);
      else this.#saveAspect(code);
    }
    if (this.#page.scale) {
      if (isMadeByScripts) writeScaleFields(form, this.#page.code, this.loaded.scale ?? NO_SCALE);
      else this.#saveScale();
    }
  }

  /** A choice was made. */
  onChange(field: EventTarget | null): void {
    if (!(field instanceof HTMLTextAreaElement)) this.#save(field, 0);
  }

  /** Somebody is typing. */
  onInput(field: EventTarget | null): void {
    if (field instanceof HTMLTextAreaElement) this.#save(field, TYPING_PAUSE_MS);
  }

  /** The server has stored something of this form; a newer answer from another device is shown. */
  onStored(key: string, stored: unknown, isOurs: boolean): void {
    if (key === this.scaleKey) {
      const scale = stored as StoredScale;
      this.#stored = { ...this.#stored, scale };
      if (!isOurs && this.#form) writeScaleFields(this.#form, this.#page.code, scale);
    } else if (this.#codes().includes(key)) {
      const answer = stored as StoredAnswer;
      this.#stored = { ...this.#stored, aspects: { ...this.#stored.aspects, [key]: answer } };
      if (isOurs || !this.#form) return;
      writeFields(this.#form, key, answer);
      this.now = { ...this.now, [key]: answer };
    }
  }

  #save(field: EventTarget | null, pauseMs: number): void {
    if (!(field instanceof HTMLElement)) return;
    const code = field.closest<HTMLElement>('.aspect')?.dataset['code'];
    if (code !== undefined) this.#saveAspect(code, pauseMs);
    else if (field.closest('.scale-q')) this.#saveScale(pauseMs);
  }

  #saveAspect(code: string, pauseMs = 0): void {
    if (!this.#form) return;
    const answer = readFields(this.#form, code);
    this.now = { ...this.now, [code]: answer };
    const stored = this.#stored.aspects[code];
    const { queue } = this.#saver;
    if (queue.unsent(code) === null && isSameAnswer(answer, stored ?? NOT_ANSWERED)) return;
    queue.put(code, `${this.#path}/answers/${code}`, answer, { knownAt: stored?.changedAt ?? 0, pauseMs });
  }

  #saveScale(pauseMs = 0): void {
    if (!this.#form || !this.#page.scale) return;
    const { code } = this.#page;
    const scale = readScaleFields(this.#form, code, this.#page.scale.followUps.length);
    const { queue } = this.#saver;
    if (queue.unsent(this.scaleKey) === null && isSameScale(scale, this.#stored.scale ?? NO_SCALE)) return;
    const knownAt = this.#stored.scale?.changedAt ?? 0;
    queue.put(this.scaleKey, `${this.#path}/scale/${code}`, scale, { knownAt, pauseMs });
  }

  #withUnsent(answers: Record<string, Answer>): Record<string, Answer> {
    const unsent = this.#codes().flatMap((code) => {
      const value = this.#saver.queue.unsent(code);
      return value === null ? [] : [[code, value as Answer] as const];
    });
    return { ...answers, ...Object.fromEntries(unsent) };
  }

  #codes(): string[] {
    return this.#page.clusters.flatMap((cluster) => cluster.aspects.map((aspect) => aspect.code));
  }
}
