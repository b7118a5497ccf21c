import type { StoredAnswer, StoredScale } from '#lib/form/answer.ts';

/** By aspect code, `scale.<competency code>` and `then.<competency code>`: what the server is known to have. */
type Stored = StoredAnswer | StoredScale;

/** What the server has of this form, as far as this device has heard; only ever replaced by something newer. */
export class KnownAnswers {
  readonly #stored = new Map<string, Stored>();

  aspect(code: string): StoredAnswer | undefined {
    return this.#stored.get(code) as StoredAnswer | undefined;
  }

  /** @param key by `scaleKey` or `thenKey` */
  scale(key: string): StoredScale | undefined {
    return this.#stored.get(key) as StoredScale | undefined;
  }

  /** When the server's value was given; 0 when it has none. */
  changedAt(key: string): number {
    return this.#stored.get(key)?.changedAt ?? 0;
  }

  /** @returns whether this was news */
  learn(key: string, stored: Stored): boolean {
    if (stored.changedAt <= this.changedAt(key)) return false;
    this.#stored.set(key, stored);
    return true;
  }
}

export function scaleKey(competency: string): string {
  return `scale.${competency}`;
}

/** The key of a look-back question. */
export function thenKey(competency: string): string {
  return `then.${competency}`;
}

/** What a page was loaded with, or what the server tells of a whole form. */
export type LoadedAnswers = { aspects: Record<string, StoredAnswer>; scale: StoredScale | null };

/** The page's record of how it was loaded. @throws SyntaxError when it is broken */
export function readRecord(form: HTMLFormElement): unknown {
  return JSON.parse(recordOf(form).value);
}

/** Keeps true what a page that is sent without scripts was loaded with, so that it writes only what changed. */
export function writeRecord(form: HTMLFormElement, loaded: object): void {
  recordOf(form).value = JSON.stringify(loaded);
}

function recordOf(form: HTMLFormElement): HTMLInputElement {
  const field = form.elements.namedItem('before');
  if (!(field instanceof HTMLInputElement)) throw new Error('the page has no record of how it was loaded');
  return field;
}
