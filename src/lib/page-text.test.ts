import { expect, test } from 'vitest';
import { PageText } from './page-text.ts';

const written = JSON.stringify({ text: 'Zeg </script><script>alert(1)</script> <!-- ‘het’ eens' });

test('stands in an element that its own text cannot end, and reads back as it was', () => {
  const element = new PageText(written, true).toElement();
  const [, inside] = /^<script type="application\/json" id="page-text">(.*)<\/script>$/s.exec(element) ?? [];
  expect(inside).not.toContain('<');
  expect(JSON.parse(inside ?? '')).toEqual(JSON.parse(written));
});

test('goes with the data of a page unless it stands apart', () => {
  expect(new PageText(written, true).toData()).toEqual({ text: null });
  const data = new PageText(written, false).toData();
  expect(PageText.fromData(data).text).toBe(written);
});
