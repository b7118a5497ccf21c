import { setTimeout } from 'node:timers/promises';
import { render } from 'svelte/server';
import type { Page } from '#lib/server/compressed.ts';
import Children from './Children.svelte';
import { PageValue } from './page-value.ts';
import { atMarks, withoutHydration, type PutOff } from './put-off.ts';
import { SCRIPT_PRELOADER } from './script-preloader.ts';

/** What goes with the text of a page. */
export type Beside = {
  /** By their places; making one may add others. */
  putOff: readonly PutOff[];
  /** What stands in the page apart from its data. */
  value: PageValue | undefined;
  /** Addresses of the files of the page's script. */
  scripts: readonly string[];
  /** Whether no script of the framework runs in it. */
  isBare: boolean;
};

/**
 * A page's text as it goes out, each part once those before it are on their way: what was put off in its place, and before the
 * framework's own script, the last one, what that needs. In parts too because a text of half a megabyte that is put together
 * anew is copied.
 */
export function toParts(html: string, beside: Beside): Page {
  const { value, scripts } = beside;
  const end = value === undefined && scripts.length === 0 ? html.length : html.lastIndexOf('<script');
  const script = html.slice(end);
  return [
    ...withPutOff(html.slice(0, end), beside),
    ...(value === undefined || !PageValue.isReadBy(script) ? [] : [elementOf(value)]),
    ...(scripts.length === 0 ? [] : [preloader(scripts)]),
    script,
  ];
}

function withPutOff(html: string, beside: Beside): Page {
  return atMarks(html, beside.putOff).map((part) => {
    if (typeof part !== 'string') return () => make(part, beside);
    return beside.isBare ? withoutHydration(part) : part;
  });
}

/** What Svelte puts around `Children`: with it twice in a page, a browser would not find its place in it, and make all of it anew. */
const AROUND = ['<!--[-->', '<!----><!--]-->'] as const;

function elementOf(value: PageValue): Page[number] {
  return value.isMade ? value.toElement() : () => [value.toElement()];
}

/** What was put off, as it would have stood in its page. */
async function make({ children, contexts, pause }: PutOff, beside: Beside): Promise<Page> {
  if (pause > 0) await setTimeout(pause);
  await beside.value?.made();
  const { body } = render(Children, { props: { children }, context: contexts });
  return withPutOff(body.slice(AROUND[0].length, -AROUND[1].length), beside);
}

function preloader(files: readonly string[]): string {
  return `<script data-files="${files.join(' ')}">${SCRIPT_PRELOADER}</script>`;
}
