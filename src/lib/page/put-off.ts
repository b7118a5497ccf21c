import { createRawSnippet, getAllContexts, type Snippet } from 'svelte';

/** What the server makes when what comes before it is on its way, and the contexts that it is made with. */
export type PutOff = { children: Snippet; contexts: Map<unknown, unknown> };

let keep: ((what: PutOff) => number) | null = null;

/**
 * How the server keeps what is put off. Nothing is put off until this is called, nor in a browser.
 * @param kept takes what is put off in the page that is being made, and says its place among that, from 0
 */
export function overwriteKeep(kept: ((what: PutOff) => number) | null): void {
  keep = kept;
}

/** On the server a mark in place of these children (`atMarks`), else the children. To be called while a component is made. */
export function putOff(children: Snippet): Snippet {
  if (keep === null) return children;
  const place = keep({ children, contexts: getAllContexts() });
  return createRawSnippet(() => ({ render: () => markOf(place) }));
}

/** No text of a page has it: they are escaped. A rater's page, from which comments are taken, could put off nothing. */
function markOf(place: number): string {
  return `<!--put off ${place}-->`;
}

/**
 * A text of a page, with what was put off where its marks stand.
 * @param kept by their places; what has no mark in this text is left out: it is another's, or gave way to the page of an error
 */
export function atMarks(html: string, kept: readonly PutOff[]): (string | PutOff)[] {
  const parts: (string | PutOff)[] = [];
  let from = 0;
  for (const [place, what] of kept.entries()) {
    const at = html.indexOf(markOf(place), from);
    if (at === -1) continue;
    parts.push(html.slice(from, at), what);
    from = at + markOf(place).length;
  }
  return [...parts, html.slice(from)];
}
