import type { StoredAnswer, StoredScale } from '#lib/form/answer.ts';

/** By aspect code, and `scale.<competency code>`: what the server is known to have. */
type Stored = StoredAnswer | StoredScale;

/** What the server has of this form, as far as this device has heard; only ever replaced by something newer. */
export class KnownAnswers {
  readonly #stored = new Map<string, Stored>();

  aspect(code: string): StoredAnswer | undefined {
    return this.#stored.get(code) as StoredAnswer | undefined;
  }

  scale(competency: string): StoredScale | undefined {
    return this.#stored.get(scaleKey(competency)) as StoredScale | undefined;
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

/** What a page was loaded with, or what the server tells of a whole form. */
export type LoadedAnswers = { aspects: Record<string, StoredAnswer>; scale: StoredScale | null };

/** @throws SyntaxError when the page's own record is broken */
export function readLoaded(form: HTMLFormElement): LoadedAnswers {
  return JSON.parse(recordOf(form).value) as LoadedAnswers;
}

/** Keeps true what a page that is sent without scripts was loaded with, so that it writes only what changed. */
export function writeLoaded(form: HTMLFormElement, loaded: LoadedAnswers): void {
  recordOf(form).value = JSON.stringify(loaded);
}

function recordOf(form: HTMLFormElement): HTMLInputElement {
  const field = form.elements.namedItem('before');
  if (!(field instanceof HTMLInputElement)) throw new Error('the page has no record of how it was loaded');
  return field;
}
