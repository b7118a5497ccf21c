import { WITHOUT_STYLES } from '#lib/form/without-styles.ts';

const TIMEOUT_MS = 8000;

/** What came of fetching a page: the page, the address that the server sends to instead, or no connection. */
export type Fetched = { kind: 'page'; page: Document } | { kind: 'elsewhere' } | { kind: 'none' };

/** The other pages of the form, fetched ahead, so that going on needs no connection. In memory only (rules.md, Links). */
export class KeptPages {
  readonly #html = new Map<string, string>();

  /** Keeps the page that the browser loaded itself, for coming back to it; without its styles and script, as the others come. */
  keep(path: string, page: Document): void {
    const copy = page.documentElement.cloneNode(true) as HTMLElement;
    for (const part of copy.querySelectorAll('style, script')) part.remove();
    this.#html.set(path, copy.outerHTML);
  }

  /** Fetches these pages while nothing else is asked. */
  async fetchAhead(paths: readonly string[]): Promise<void> {
    for (const path of paths) if (!this.#html.has(path)) await this.get(path);
  }

  /** The page that has an element of this id; null when it was not fetched yet. */
  pathWith(id: string): string | null {
    return [...this.#html].find(([, html]) => html.includes(`id="${id}"`))?.[0] ?? null;
  }

  /** A page as it was fetched ahead, or else from the server. */
  async get(path: string): Promise<Fetched> {
    const kept = this.#html.get(path);
    if (kept !== undefined) return { kind: 'page', page: parse(kept) };
    try {
      const response = await fetch(path, {
        headers: { accept: 'text/html', [WITHOUT_STYLES]: '1' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      // A server in trouble is as good as no connection: the page stays, and tries again later.
      if (response.status >= 500) return { kind: 'none' };
      if (response.redirected || !response.ok) return { kind: 'elsewhere' };
      const html = await response.text();
      this.#html.set(path, html);
      return { kind: 'page', page: parse(html) };
    } catch {
      return { kind: 'none' };
    }
  }
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}
