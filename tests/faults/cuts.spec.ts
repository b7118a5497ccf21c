import type { Page } from '@playwright/test';
import { setTimeout as delay } from 'node:timers/promises';
import { answerSome, expectAllStored, expectSaved, expectSavedIsStored, isSaved } from './form-state.ts';
import type { OpenedForm, Rig } from './rig.ts';
import { expect, test } from './rig.ts';
import type { Random } from './seeded-random.ts';
import { seededRandom } from './seeded-random.ts';

/** Up to the second request or reply of a few hundred bytes: heads and bodies, and the space between. */
const requestBytes = 1500;
const responseBytes = 900;
const refusingMs = 300;

test('whenever the connection is cut, the server has every answer that the form called saved', async ({
  page,
  rig,
  openForm,
  isLong,
}) => {
  const cuts = isLong ? 200 : 20;
  const random = seededRandom(`${cuts} cuts`);
  const form = await openForm(page);
  const counted = { saved: 0, unsent: 0 };
  for (let cut = 0; cut < cuts; cut++) {
    await cutWhileSaving(page, rig, form, random);
    const { saved, unsent } = await expectSavedIsStored(page, rig, form);
    counted.saved += saved;
    counted.unsent += unsent;
    // Else it is cut again while the form sends what waited.
    if (random.chance(0.25)) await expectSaved(page);
  }
  await expectAllStored(page, rig, form);
  // Else no cut came in the middle of saving.
  expect(counted.saved).toBeGreaterThan(0);
  expect(counted.unsent).toBeGreaterThan(0);
});

async function cutWhileSaving(page: Page, rig: Rig, form: OpenedForm, random: Random): Promise<void> {
  const kind = random.pick(['request', 'response', 'refuse']);
  if (kind === 'refuse') {
    await answerSome(page, form.codes, random, random.whole(1, 3));
    await delay(random.between(0, 20));
    rig.proxy.refuse();
    await delay(random.between(0, refusingMs));
    rig.proxy.accept();
    return;
  }
  const bytes = random.whole(1, kind === 'request' ? requestBytes : responseBytes);
  let isCut = false;
  void rig.proxy.cutAfter(kind, bytes).then(() => (isCut = true));
  while (!isCut) {
    await answerSome(page, form.codes, random, random.whole(1, 3));
    await expect.poll(async () => isCut || (await isSaved(page)), { intervals: [5, 10, 20, 50] }).toBe(true);
  }
}
