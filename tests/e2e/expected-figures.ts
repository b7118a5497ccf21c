import type { Locator, Page } from '@playwright/test';
import { expect } from '../support/browser.ts';
import { valuesOf } from './form-page.ts';

/** The chart beside a table draws itself once it comes into view. */
async function expectDrawn(figure: Locator): Promise<void> {
  const canvas = figure.locator('canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const isDrawn = (element: HTMLCanvasElement) => {
    const blank = document.createElement('canvas');
    Object.assign(blank, { width: element.width, height: element.height });
    return element.toDataURL() !== blank.toDataURL();
  };
  await expect.poll(() => canvas.evaluate(isDrawn), 'a drawn chart').toBe(true);
}

/**
 * The figures of the answers in given-answers.ts, worked out by hand (measurement.md §2–§5, §9): the director, the IB'er
 * and the teachers of each competency, then a few aspects.
 */
export async function expectFigures(page: Page): Promise<void> {
  const triptych = page.locator('[data-figure=triptych]');
  const row = (competency: string) => triptych.locator(`[data-competency=${competency}]`);
  const values = (competency: string) => row(competency).locator('.val').allTextContents();
  // Director 78 over 20 aspects, IB'er 92 over 23, teachers 90⅔ over 23 cells with three scores.
  expect(await values('C1')).toEqual(['3,9', '4,0', '3,9']);
  expect(await values('C2')).toEqual(['4,0', '5,0', '4,0']);
  // Four of the 21 and four of the 26 can be seen by a director; eleven and thirteen are needed.
  expect((await values('C3')).slice(1)).toEqual(['4,0', '4,0']);
  expect((await values('C4')).slice(1)).toEqual(['4,0', '4,0']);
  await expect(row('C3').locator('[data-withheld=not_visible_for_role]')).toHaveCount(1);
  await expect(row('C4').locator('[data-withheld=not_visible_for_role]')).toHaveCount(1);
  for (const same of ['C1', 'C3', 'C4']) await expect(row(same)).toHaveAttribute('data-class', 'in_agreement');
  await expect(row('C2')).toHaveAttribute('data-class', 'blind_spot');

  // IB'er − director over the 19 aspects of C1 that both judged: +2 ÷ 19; over all 48: (2 + 21) ÷ 48.
  const numbers = (await triptych.locator('table.data tbody tr').allTextContents()).map((text) =>
    text.replace(/\s+/g, ' '),
  );
  expect(numbers[0]).toContain('+0,1 (19)');
  expect(numbers[1]).toContain('+1,0 (21)');
  expect(numbers[4]).toContain('+0,5 (48)');

  const aspect = (code: string) => page.locator(`[data-figure="gaps-C1"] tr[data-aspect="${code}"]`);
  const expectAspect = async (code: string, marks: string[], aspectClass: string, reading: string) => {
    await expect(aspect(code)).toHaveAttribute('data-class', aspectClass);
    await expect(aspect(code)).toHaveAttribute('data-reading', reading);
    expect(await valuesOf(aspect(code)), code).toEqual(marks);
  };
  await expectAspect('C1.01', ['5', '5', '5'], 'shared_strength', 'shared_view');
  await expectAspect('C1.02', ['2', '5', '4'], 'contested', 'seen_differently');
  await expectAspect('C1.03', ['3', '5', '3'], 'blind_spot', 'seen_differently');
  await expectAspect('C1.04', ['4', '2', '4'], 'hidden_strength', 'seen_differently');
  await expectAspect('C1.05', ['3', '3', '2,7'], 'shared_growth', 'shared_view');
  await expectAspect('C1.06', ['4', '4', '4'], 'in_agreement', 'check_meaning');
  await expectAspect('C1.07', ['4', '4', 'niet getoond'], 'in_agreement', 'not_observed');
  await expectAspect('C1.08', ['niet beoordeeld', '4', '4'], 'in_agreement', 'check_meaning');
  await expectAspect('C1.09', ['niet beoordeeld', '4', '4'], 'in_agreement', 'not_observed');
  await expectAspect('C1.10', ['4', 'niet beoordeeld', '4'], 'in_agreement', 'shared_view');
  await expectAspect('C1.16', ['niet in deze rol', '4', '4'], 'in_agreement', 'shared_view');
  await expect(aspect('C1.07').locator('[data-withheld=hidden_cells]')).toHaveCount(1);
  await expect(aspect('C1.08').locator('[data-withheld=not_judged]')).toHaveCount(1);

  const count = (reading: string) => page.locator(`[data-figure=readings] .tally [data-reading=${reading}] .tally-n`);
  await expect(count('check_meaning')).toHaveText('2');
  await expect(count('not_observed')).toHaveText('2');
  await expect(count('seen_differently')).toHaveText('3');
  await expect(count('shared_view')).toHaveText('86');

  // Three teachers wrote at C1.01, one at C2.01.
  for (const text of ['Ze groet iedereen bij naam.', 'Je voelt je meteen welkom.', 'Warm en rustig.']) {
    await expect(page.getByText(text)).toBeVisible();
  }
  await expect(page.getByText('Vooral in het teamoverleg.')).toBeVisible();
  expect(await page.content()).not.toContain('Alleen hier schreef ik iets.');

  await expectDrawn(page.locator('[data-figure="gaps-C1"]'));
}
