import type { BrowserContext } from '@playwright/test';
import { choice, radio } from '../e2e/form-page.ts';
import { expectChoices, expectSaved, expectWaiting } from './form-state.ts';
import { expect, openTab, test } from './rig.ts';

test('answers that wait when the laptop is closed are there when it is opened, and are saved', async ({
  page,
  context,
  rig,
  openForm,
}) => {
  const form = await openForm(page);
  const [first = '', second = '', third = '', fourth = ''] = form.codes;
  await choice(page, first, '1').click();
  await choice(page, second, '2').click();
  await expectSaved(page);
  rig.proxy.refuse();
  await choice(page, second, '5').click();
  await choice(page, third, '3').click();
  await choice(page, fourth, '1').click();
  await choice(page, fourth, '4').click();
  await expectWaiting(page, [second, third, fourth]);
  await page.close(); // no beforeunload, and no connection for a last request
  await expectChoices(rig, form, { [first]: '1', [second]: '2' });

  rig.proxy.accept();
  const later = await openTab(context, form);
  const all = { [first]: '1', [second]: '5', [third]: '3', [fourth]: '4' };
  for (const [code, given] of Object.entries(all)) await expect(radio(later, code, given)).toBeChecked();
  await expectSaved(later);
  await expectChoices(rig, form, all);
});

/** What browsers do in a private window, under a policy, or on a full disk. */
const refusals: Record<string, (context: BrowserContext) => Promise<unknown>> = {
  'does not exist': (context) =>
    context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => undefined });
    }),
  'cannot be opened': (context) =>
    context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    }),
  'is full': (context) =>
    context.addInitScript(() => {
      IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      };
    }),
};

for (const [how, refuse] of Object.entries(refusals)) {
  test(`where storage ${how}, answers are saved and wait all the same`, async ({ page, context, rig, openForm }) => {
    await refuse(context);
    const form = await openForm(page);
    const [first = '', second = '', third = ''] = form.codes;
    await choice(page, first, '1').click();
    await choice(page, second, '2').click();
    await expectSaved(page);
    await expectChoices(rig, form, { [first]: '1', [second]: '2' });
    rig.proxy.refuse();
    await choice(page, second, '5').click();
    await choice(page, third, '3').click();
    await expectWaiting(page, [second, third]);
    rig.proxy.accept();
    await expectSaved(page);
    await expectChoices(rig, form, { [first]: '1', [second]: '5', [third]: '3' });
  });
}
