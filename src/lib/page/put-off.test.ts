import { afterEach, expect, test } from 'vitest';
import { createRawSnippet, type Snippet } from 'svelte';
import { render } from 'svelte/server';
import Later from './Later.svelte';
import { atMarks, overwriteKeep, putOff, withoutHydration, type PutOff } from './put-off.ts';

const kept: PutOff[] = [];
afterEach(() => {
  kept.length = 0;
  overwriteKeep(null);
});

const children = (() => undefined) as unknown as Snippet;
const of = (): PutOff => ({ children, contexts: new Map(), pause: 0 });

test('nothing is put off where nobody keeps it', () => {
  expect(putOff(children, 0)).toBe(children);
});

test('what has no mark in a text is left out, and a text without marks is one', () => {
  expect(atMarks('<p>a</p>', [of(), of()])).toEqual(['<p>a</p>']);
  const [first, second, third] = [of(), of(), of()];
  expect(atMarks('a<!--put off 1-->b<!--put off 2-->', [first, second, third])).toEqual(['a', second, 'b', third, '']);
});

test('a page that is made at once has what another one puts off', () => {
  const props = { pause: 50, children: createRawSnippet(() => ({ render: () => '<p>rest</p>' })) };
  overwriteKeep(() => null);
  expect(withoutHydration(render(Later, { props }).body)).toBe('<p>rest</p>');
  overwriteKeep((what) => kept.push(what) - 1);
  const parts = atMarks(render(Later, { props }).body, kept);
  expect(parts.map((part) => (typeof part === 'string' ? withoutHydration(part) : part))).toEqual(['', kept[0], '']);
  expect(kept).toMatchObject([{ pause: 50 }]);
});
