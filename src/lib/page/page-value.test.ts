import { expect, test } from 'vitest';
import { PageValue } from './page-value.ts';

const value = { text: 'Zeg </script><script>alert(1)</script> <!-- ‘het’ eens' };

test('stands in an element that its own text cannot end, and reads back as it was', () => {
  const element = PageValue.of(value).toElement();
  const [, inside] = /^<script type="application\/json" id="page-value">(.*)<\/script>$/s.exec(element) ?? [];
  expect(inside).not.toContain('<');
  expect(JSON.parse(inside ?? '')).toEqual(value);
});

test('goes with the data of a page unless it stands apart', () => {
  expect(PageValue.apart(async () => value).toData()).toEqual({ text: null });
  expect(PageValue.fromData(PageValue.of(value).toData()).value).toEqual(value);
});

test('that is for making the page alone is there at once, and not sent', async () => {
  const unsent = PageValue.unsent(value);
  expect([unsent.value, await unsent.made()]).toEqual([value, value]);
  expect(unsent.toData()).toEqual({ text: null });
});

test('apart it is made once, when that is asked, and not used before', async () => {
  let times = 0;
  const apart = PageValue.apart(async () => (times += 1));
  expect(() => apart.value).toThrow('before it is made');
  expect([await apart.made(), await apart.made(), apart.value, times]).toEqual([1, 1, 1, 1]);
  const broken = PageValue.apart(() => Promise.reject(new Error('broken')));
  await expect(broken.made()).rejects.toThrow('broken');
});
