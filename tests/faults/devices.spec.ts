import type { BrowserContext, Page } from '@playwright/test';
import { setTimeout as delay } from 'node:timers/promises';
import { choice } from '../e2e/form-page.ts';
import {
  expectChoices,
  expectSaved,
  expectToShow,
  expectToShowOnReturn,
  expectWaiting,
  readScreen,
} from './form-state.ts';
import { enterForm, expect, openTab, test } from './rig.ts';
import { seededRandom } from './seeded-random.ts';

const dayMs = 24 * 60 * 60 * 1000;
/**
 * Nobody answers the same statement on two screens within this time. Each page measures the server's clock when it is
 * loaded, and is off by as long as that load takes: a fifth of a second on a busy machine.
 */
const handMs = 1000;

/** Sets the clock of a browser's pages, with all that a page can read it by. */
async function setClock(context: BrowserContext, aheadMs: number): Promise<void> {
  await context.addInitScript((ahead) => {
    const Real = Date;
    const now = () => Real.now() + ahead;
    window.Date = new Proxy(Real, {
      construct: (target, given: [], newTarget) =>
        Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
      apply: () => new Real(now()).toString(),
      get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
    });
    const origin = performance.timeOrigin + ahead;
    Object.defineProperty(performance, 'timeOrigin', { get: () => origin });
  }, aheadMs);
}

for (const [clock, aheadMs] of [
  ['fast', dayMs],
  ['slow', -dayMs],
] as const) {
  test(`with a clock that is a day ${clock} the answer that was given last wins, and both devices show it`, async ({
    page,
    context,
    rig,
    openForm,
    newVisitor,
    isLong,
  }) => {
    await setClock(context, aheadMs);
    const form = await openForm(page);
    const other = await newVisitor();
    await enterForm(other, form.link);
    const ahead = (await page.evaluate(() => Date.now())) - (await other.evaluate(() => Date.now()));
    expect(Math.abs(ahead - aheadMs)).toBeLessThan(dayMs / 2);
    const [first = '', second = '', third = '', fourth = ''] = form.codes;

    await give(page, first, '1');
    await give(other, first, '5');
    await give(other, second, '5');
    await give(page, second, '1');
    await expectChoices(rig, form, { [first]: '5', [second]: '1' });

    // What waits on the device with the wrong clock, from before and from after the other's answer.
    await context.setOffline(true);
    await choice(page, third, '2').click();
    await delay(handMs);
    await give(other, third, '4');
    await give(other, fourth, '4');
    await choice(page, fourth, '2').click();
    await expectWaiting(page, [third, fourth]);
    await context.setOffline(false);
    await expectSaved(page);
    const newest = { [first]: '5', [second]: '1', [third]: '4', [fourth]: '2' };
    await expectChoices(rig, form, newest);

    for (const each of [page, other]) {
      if (isLong) await expectToShow(each, newest);
      else await expectToShowOnReturn(each, newest);
    }
    await expectChoices(rig, form, newest);
  });
}

/** An answer that is stored before anybody else may answer. */
async function give(page: Page, code: string, value: string): Promise<void> {
  await choice(page, code, value).click();
  await expectSaved(page);
  await delay(handMs);
}

test('of three tabs the newest answers win, and all of them show it', async ({
  page,
  context,
  rig,
  openForm,
  isLong,
}) => {
  const turns = isLong ? 60 : 18;
  const random = seededRandom(`${turns} turns of three tabs`);
  const form = await openForm(page);
  const tabs = [page, await openTab(context, form), await openTab(context, form)] as const;
  const [first = '', second = '', third = '', ...rest] = form.codes;
  const newest: Record<string, string> = {};
  const answeredAt = new Map<string, number>();
  for (let turn = 0; turn < turns; turn++) {
    // A third of the turns in the middle is without a connection.
    if (turn === turns / 3) await context.setOffline(true);
    if (turn === (turns * 2) / 3) await context.setOffline(false);
    const tab = tabs[turn % 3] ?? page;
    // The same few that the other tabs answer, and now and then one that no other tab does.
    const own = rest[turn % rest.length] ?? '';
    const code = random.chance(0.3) ? own : random.pick([first, second, third]);
    // Pressing what is chosen already, on this tab or by now on another, would answer nothing.
    const shown = (await readScreen(tab)).find((aspect) => aspect.code === code)?.said.choice;
    const others = ['1', '2', '3', '4', '5', 'C'].filter((each) => each !== shown && each !== newest[code]);
    const value = others[random.whole(0, others.length - 1)] ?? '';
    await delay(Math.max(0, (answeredAt.get(code) ?? 0) + handMs - Date.now()));
    await choice(tab, code, value).click();
    newest[code] = value;
    answeredAt.set(code, Date.now());
  }
  for (const tab of tabs) await expectSaved(tab);
  await expectChoices(rig, form, newest);
  for (const tab of tabs) {
    if (isLong) await expectToShow(tab, newest);
    else await expectToShowOnReturn(tab, newest);
  }
  await expectChoices(rig, form, newest);
});
