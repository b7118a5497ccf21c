import { afterEach, expect, test } from 'vitest';
import type { Snippet } from 'svelte';
import { atMarks, overwriteKeep, putOff, type PutOff } from './put-off.ts';

const kept: PutOff[] = [];
afterEach(() => {
  kept.length = 0;
  overwriteKeep(null);
});

const children = (() => undefined) as unknown as Snippet;
const of = (): PutOff => ({ children, contexts: new Map() });

test('nothing is put off where nobody keeps it', () => {
  expect(putOff(children)).toBe(children);
});

test('what has no mark in a text is left out, and a text without marks is one', () => {
  expect(atMarks('<p>a</p>', [of(), of()])).toEqual(['<p>a</p>']);
  const [first, second, third] = [of(), of(), of()];
  expect(atMarks('a<!--put off 1-->b<!--put off 2-->', [first, second, third])).toEqual(['a', second, 'b', third, '']);
});
