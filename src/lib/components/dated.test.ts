import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import Dated from './Dated.svelte';

it.each([
  ['Sluit op 11-12-2026, als iedereen klaar is.', ['11-12-2026']],
  ['Opens 07/12/2026 · closes 21/12/2026.', ['07/12/2026', '21/12/2026']],
  ['Sluit met de hand.', []],
])('no line breaks within a day: %s', (text, days) => {
  const body = render(Dated, { props: { text } }).body.replaceAll(/<!--.*?-->/g, '');
  expect([...body.matchAll(/<span class="nw">([^<]*)<\/span>/g)].map(([, day]) => day)).toEqual(days);
  expect(body.replaceAll(/<[^>]*>/g, '')).toBe(text);
});
