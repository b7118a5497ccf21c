import type { Page } from '@playwright/test';
import { setTimeout as delay } from 'node:timers/promises';
import { answerSome, expectAllStored, expectSaved, expectSavedIsStored } from './form-state.ts';
import { expect, test } from './rig.ts';
import { seededRandom } from './seeded-random.ts';

const answersAtOnce = 6;
const MOST_ROUNDS = 4;

test('whenever the server is killed, it has every answer that the form called saved', async ({
  page,
  rig,
  openForm,
  isLong,
}) => {
  const kills = isLong ? 50 : 5;
  const random = seededRandom(`${kills} kills`);
  const form = await openForm(page);
  const savingMs = await timeOfSaving(page, () => answerSome(page, form.codes, random, answersAtOnce));
  const counted = { saved: 0, unsent: 0 };
  // A few kills can all come too late, or too early, where the machine does other work: then there are some more.
  const cameInTheMiddle = () => counted.saved > 0 && counted.unsent > 0;
  for (let kill = 0; kill < kills || (kill < MOST_ROUNDS * kills && !cameInTheMiddle()); kill++) {
    await answerSome(page, form.codes, random, answersAtOnce);
    await delay((((kill % kills) + random.between(0, 1)) / kills) * savingMs); // the kills spread over the time of saving
    await rig.kill();
    const { saved, unsent } = await expectSavedIsStored(page, rig, form);
    counted.saved += saved;
    counted.unsent += unsent;
    await rig.startAgain();
    // Else it is killed again while it is given what waited.
    if (random.chance(0.4)) await expectSaved(page);
  }
  await expectAllStored(page, rig, form);
  expect(await rig.read(async ({ raw }) => raw.pragma('integrity_check', { simple: true }))).toBe('ok');
  expect(cameInTheMiddle(), JSON.stringify(counted)).toBe(true);
});

/** How long this machine takes until the form calls some answers saved, in ms: a busy one takes many times an idle one. */
async function timeOfSaving(page: Page, answer: () => Promise<void>): Promise<number> {
  await answer();
  const startedAt = Date.now();
  await expectSaved(page);
  return Date.now() - startedAt;
}
