import { createRawSnippet, getAllContexts, type Snippet } from 'svelte';

/** What the server makes when what comes before it is on its way, and what it is made with. */
export type PutOff = {
  children: Snippet;
  contexts: Map<unknown, unknown>;
  /** Milliseconds that a browser gets to show what comes before. */
  pause: number;
};

let keep: Keep | null = null;

/** Says the place of what is put off among all of that in its page, from 0; null where a page is made at once. */
type Keep = (what: PutOff) => number | null;

/** How the server keeps what is put off in the page that is being made. Nothing is put off until this is called, nor in a browser. */
export function overwriteKeep(kept: Keep | null): void {
  keep = kept;
}

/** On the server a mark in place of these children (`atMarks`), else the children. To be called while a component is made. */
export function putOff(children: Snippet, pause: number): Snippet {
  const place = keep?.({ children, contexts: getAllContexts(), pause }) ?? null;
  if (place === null) return children;
  return createRawSnippet(() => ({ render: () => markOf(place) }));
}

/** No text of a page has it: they are escaped. */
function markOf(place: number): string {
  return `<!--put off ${place}-->`;
}

/**
 * What the framework writes for its own script, which a rater's pages do without: comments between the parts, and links to
 * the styles that are in the page. It made a page of the form a fortieth heavier and its document a fifth larger.
 */
const FOR_HYDRATION = /<!--.*?-->|<link href="[^"]*" rel="stylesheet" disabled[^>]*>/gs;

/** A text between marks as a page that has no script of the framework needs it. */
export function withoutHydration(html: string): string {
  return html.replace(FOR_HYDRATION, '');
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
