import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import Dated from '#lib/components/Dated.svelte';
import { inOneByte } from '#lib/server/one-byte.ts';

it.each([
  ['Zoë & één <b>', 'Zoë & één <b>'],
  ['‘Şahin’ — 4 − 1…', '&#8216;&#350;ahin&#8217; &#8212; 4 &#8722; 1&#8230;'],
  ['€ 5', '&#8364; 5'],
  ['klaar 🎉', 'klaar &#127881;'],
  ['', ''],
])('writes what is beyond ÿ as references: %s', (text, written) => {
  expect(inOneByte(text)).toBe(written);
});

it('stands behind the escaping of the framework, which stays as it was', () => {
  const { body } = render(Dated, { props: { text: '‘Şahin’ & <b>' } });
  expect(body).toContain('&#8216;&#350;ahin&#8217; &amp; &lt;b>');
});
