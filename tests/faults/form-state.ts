import type { Page } from '@playwright/test';
import { radio } from '../e2e/form-page.ts';
import type { Random } from './seeded-random.ts';
import type { OpenedForm, Rig } from './rig.ts';
import { expect } from './rig.ts';

/** What is said of an aspect: on the screen, or in the database. */
export type Said = { choice: string | null; reason: string | null; unclear: boolean; comment: string };

/** An aspect on the screen. The form calls an answer saved by not calling it unsent. */
export type Shown = { code: string; said: Said; isUnsent: boolean };

const NOTHING: Said = { choice: null, reason: null, unclear: false, comment: '' };

/** Every aspect of the page, at one moment. */
export async function readScreen(page: Page): Promise<Shown[]> {
  const { state, shown } = await page.evaluate(() => {
    const one = <T extends Element>(selector: string) => document.querySelector<T>(selector);
    const shown = [...document.querySelectorAll<HTMLElement>('fieldset[id^="aspect-"]')].map((aspect) => {
      const code = aspect.id.replace('aspect-', '');
      const choice = one<HTMLInputElement>(`input[name="${code}"]:checked`)?.value ?? null;
      const reason = one<HTMLInputElement>(`input[name="${code}.reason"]:checked`)?.value ?? null;
      const unclear = one<HTMLInputElement>(`input[name="${code}.unclear"]`)?.checked ?? false;
      const comment = one<HTMLTextAreaElement>(`textarea[name="${code}.comment"]`)?.value ?? '';
      // The question for a reason is asked, and its answer counts, with "cannot judge" only.
      const said = { choice, reason: choice === 'C' ? reason : null, unclear, comment };
      return { code, said, isUnsent: aspect.hasAttribute('data-unsent') };
    });
    return { state: one('form[data-save-state]')?.getAttribute('data-save-state'), shown };
  });
  if (state === 'saved') expect(codesOf(shown.filter(({ isUnsent }) => isUnsent))).toEqual([]);
  return shown;
}

export const codesOf = (shown: readonly Shown[]): string[] => shown.map(({ code }) => code);

/** Every row of a form's answers, also one that should not be there. */
export async function readStored(rig: Rig, { responseId }: OpenedForm): Promise<{ code: string; said: Said }[]> {
  const rows = await rig.read(({ db }) =>
    db
      .selectFrom('answer')
      .innerJoin('response', 'response.id', 'answer.response_id')
      .innerJoin('aspect', 'aspect.id', 'answer.aspect_id')
      .select(['aspect.code', 'score', 'cannot_judge', 'reason', 'unclear', 'comment'])
      .where('response.public_id', '=', responseId)
      .execute(),
  );
  return rows.map(({ code, score, cannot_judge, reason, unclear, comment }) => ({
    code,
    said: {
      choice: cannot_judge === 1 ? 'C' : score === null ? null : String(score),
      ...{ reason, unclear: unclear === 1, comment: comment ?? '' },
    },
  }));
}

/**
 * What the screen calls saved is in the database, each aspect once and as the screen shows it.
 * @returns how many answers the screen called saved, and how many not
 */
export async function expectSavedIsStored(
  page: Page,
  rig: Rig,
  form: OpenedForm,
): Promise<{ saved: number; unsent: number }> {
  const shown = await readScreen(page); // first: the server may go on storing what is not called saved yet
  const stored = await readStored(rig, form);
  const calledSaved = shown.filter(({ isUnsent }) => !isUnsent);
  const untouched = (code: string) => stored.every((row) => row.code !== code);
  const wanted = calledSaved.filter(({ code, said }) => !(untouched(code) && isNothing(said)));
  const codes = new Set(codesOf(calledSaved));
  expect(byCode(stored.filter(({ code }) => codes.has(code)))).toEqual(byCode(wanted));
  return { saved: wanted.length, unsent: shown.length - calledSaved.length };
}

/** Everything is called saved, and the database has what the screen shows. */
export async function expectAllStored(page: Page, rig: Rig, form: OpenedForm): Promise<void> {
  await expectSaved(page);
  const { saved, unsent } = await expectSavedIsStored(page, rig, form);
  expect(unsent).toBe(0);
  expect(saved).toBeGreaterThan(0);
}

/** The database has these choices, each once, and no other. */
export async function expectChoices(rig: Rig, form: OpenedForm, choices: Record<string, string>): Promise<void> {
  const wanted = Object.entries(choices).map(([code, choice]) => ({ code, said: { ...NOTHING, choice } }));
  expect(byCode(await readStored(rig, form))).toEqual(byCode(wanted));
}

/** The form says that the server has everything; a page that waited long tries again after half a minute. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'saved', { timeout: 60_000 });
}

export async function isSaved(page: Page): Promise<boolean> {
  return (await page.locator('form[data-save-state]').getAttribute('data-save-state')) === 'saved';
}

/** The form says that these answers wait, and no other. */
export async function expectWaiting(page: Page, codes: readonly string[]): Promise<void> {
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', 'waiting');
  const unsent = (await readScreen(page)).filter(({ isUnsent }) => isUnsent);
  expect(codesOf(unsent).toSorted()).toEqual([...codes].toSorted());
}

/** The page comes to show these choices by itself, within the time between two looks of an open page. */
export async function expectToShow(page: Page, choices: Record<string, string>, timeout = 30_000): Promise<void> {
  for (const [code, choice] of Object.entries(choices)) {
    await expect(radio(page, code, choice)).toBeChecked({ timeout });
  }
}

/** The page shows these choices to somebody who comes back to it; at once, or the next time if it looked just before. */
export async function expectToShowOnReturn(page: Page, choices: Record<string, string>): Promise<void> {
  await expect(async () => {
    await comeBackTo(page);
    await expectToShow(page, choices, 1500);
  }).toPass({ timeout: 15_000 });
}

/** A headless browser shows all its pages all the time, so the page is told that somebody looks at it again. */
async function comeBackTo(page: Page): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
  });
}

/** Answers some aspects within a millisecond, so that several requests are under way at once. */
export async function answerSome(page: Page, codes: readonly string[], random: Random, count: number): Promise<void> {
  const acts = Array.from({ length: count }, () => {
    const code = codes[random.whole(0, codes.length - 1)] ?? '';
    const choice = random.pick(['1', '2', '3', '4', '5', 'C']);
    const reason = choice === 'C' && random.chance(0.5) ? random.pick(['not_seen', 'unclear']) : null;
    const comment = random.chance(0.15) ? `Remark ${random.whole(1, 1e6)}` : null;
    return { code, choice, reason, comment, pressesFlag: random.chance(0.15) };
  });
  await page.evaluate((given) => {
    for (const { code, choice, reason, comment, pressesFlag } of given) {
      const press = (name: string, value: string) =>
        document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)?.click();
      press(code, choice);
      if (reason !== null) press(`${code}.reason`, reason);
      if (pressesFlag) document.querySelector<HTMLInputElement>(`input[name="${code}.unclear"]`)?.click();
      const field = document.querySelector<HTMLTextAreaElement>(`textarea[name="${code}.comment"]`);
      if (comment === null || !field) continue;
      field.value = comment;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }, acts);
}

function isNothing(said: Said): boolean {
  return said.choice === null && !said.unclear && said.comment === '';
}

/** In an order that does not depend on where it was read, without what only the screen says. */
function byCode(all: readonly { code: string; said: Said }[]): { code: string; said: Said }[] {
  return all.map(({ code, said }) => ({ code, said })).toSorted((a, b) => a.code.localeCompare(b.code));
}
