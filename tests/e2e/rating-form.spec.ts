import type { Page } from '@playwright/test';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { aspect, choice, codesOn, enter, goNext, point, put, radio, remark, saved } from './form-page.ts';
import { atFirstPage, expect, expectAccessible, hydrated, test } from './world.ts';

/** What the form says of itself: to scripts, and to everybody in words. */
async function expectState(page: Page, state: string, words: string): Promise<void> {
  await expect(page.locator('form[data-save-state]')).toHaveAttribute('data-save-state', state);
  await expect(page.locator('.fhead [role=status]')).toHaveText(words);
}

/** The first three aspects of the page. */
async function three(page: Page): Promise<[string, string, string]> {
  const [first = '', second = '', third = ''] = await codesOn(page);
  return [first, second, third];
}

/** Keeps what matches from the server until it is let go. */
async function hold(page: Page, url: string | RegExp): Promise<() => void> {
  let letGo = () => {};
  const gate = new Promise<void>((open) => (letGo = open));
  await page.route(url, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}

test('an answer is being saved, then saved, and is still there after loading again', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code] = await three(page);
  await expectState(page, 'saved', 'Opgeslagen');
  const letGo = await hold(page, '**/answers/**');
  await choice(page, code, '4').click();
  await expectState(page, 'saving', 'Opslaan…');
  letGo();
  await expectState(page, 'saved', 'Opgeslagen');
  await page.reload();
  await expect(radio(page, code, '4')).toBeChecked();
  await expectAccessible(page);
});

test('an answer that is refused is said to be, with the reason beside it', async ({ page, world, faults }) => {
  faults.allow(/status of 4\d\d/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [code] = await three(page);
  await rounds.close(world.db, school.cohort.trainer, school.roundId);
  await choice(page, code, '2').click();
  await expectState(page, 'failed', 'Niet opgeslagen');
  await expect(page.locator(`[id="fault-${code}"]`)).toContainText('Deze meting is gesloten.');
  await expect(radio(page, code, '2')).toBeChecked();
  await expectAccessible(page);
});

test('of two tabs the newest answer wins, and both show it', async ({ page, context, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  const other = await context.newPage();
  await other.goto(page.url());
  await Promise.all([hydrated(page), hydrated(other)]);
  const [code] = await three(page);

  // The first tab answers first, but its answer arrives last.
  const letGo = await hold(page, '**/answers/**');
  await choice(page, code, '1').click();
  await expectState(page, 'saving', 'Opslaan…');
  await choice(other, code, '5').click();
  await saved(other);
  letGo();
  await saved(page);
  await expect(radio(page, code, '5')).toBeChecked();

  await choice(page, code, '3').click();
  await saved(page);
  await other.reload();
  await expect(radio(other, code, '3')).toBeChecked();
});

test('answers wait while there is no connection, and are saved once when it is back', async ({
  page,
  context,
  world,
  faults,
}) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED/);
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const codes = await three(page);
  const stored: string[] = [];
  page.on('response', (response) => {
    if (response.request().method() === 'PUT') stored.push(decodeURIComponent(response.url().split('/').at(-1) ?? ''));
  });

  await context.setOffline(true);
  for (const code of codes) await choice(page, code, '4').click();
  await choice(page, codes[0], '2').click();
  await expectState(page, 'waiting', '3 wachten');
  await expect(page.getByText('Er is even geen verbinding.')).toBeVisible();
  await expect(aspect(page, codes[1]).getByText('Wacht op verbinding')).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expectState(page, 'saved', 'Opgeslagen');
  await expect(page.getByText('Er is even geen verbinding.')).toBeHidden();
  expect(stored.toSorted()).toEqual(codes.toSorted());
  await page.reload();
  await expect(radio(page, codes[0], '2')).toBeChecked();
  await expect(radio(page, codes[2], '4')).toBeChecked();
});

test('what was chosen before scripts run is kept and saved', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  const letGo = await hold(page, /\/_app\/.*\.js/);
  await page.goto(`${form}/C1`, { waitUntil: 'commit' });
  await choice(page, 'C1.02', '4').click();
  await choice(page, 'C1.03', 'C').click();
  await choice(page, 'C1.03.reason', 'not_seen').click();
  await remark(page, 'C1.04', 'Vroeg geschreven.');
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  letGo();
  await hydrated(page);
  await saved(page);
  await expect(radio(page, 'C1.02', '4')).toBeChecked();
  await expect(page.locator('textarea[name="C1.04.comment"]'), 'what was opened stays open').toBeVisible();
  await page.reload();
  await expect(page.locator('textarea[name="C1.04.comment"]')).toHaveValue('Vroeg geschreven.');
  await expect(radio(page, 'C1.02', '4')).toBeChecked();
  await expect(radio(page, 'C1.03.reason', 'not_seen')).toBeChecked();
});

test('what was cleared before scripts run stays cleared', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  await page.goto(`${form}/C1`);
  await hydrated(page);
  const flag = aspect(page, 'C1.02').locator('label:has(input[name="C1.02.unclear"])');
  await flag.click();
  await saved(page);
  const letGo = await hold(page, /\/_app\/.*\.js/);
  await page.goto(`${form}/C1`, { waitUntil: 'commit' });
  await flag.click();
  letGo();
  await hydrated(page);
  await expect(page.locator('.save')).toHaveText('Opgeslagen');
  await page.reload();
  await expect(page.locator('input[name="C1.02.unclear"]')).not.toBeChecked();
});

test('everything that can be said of a statement is kept', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const [seen, unseen, unanswered] = await three(page);
  const address = page.url();

  const explanation = aspect(page, seen).locator('details.ex');
  await explanation.locator('summary').click();
  await expect(explanation.locator('p')).toBeVisible();
  expect(page.url()).toBe(address);

  await expect(choice(page, `${unseen}.reason`, 'unclear')).toBeHidden();
  await point(page, seen, { choice: '4', unclear: true, comment: 'In de groep wel,\nin het team niet.' });
  await point(page, unseen, { choice: 'C', reason: 'unclear' });
  await remark(page, unanswered, 'Hier denk ik nog over na.');
  await expect(page.getByText(/^2 van \d+$/).first()).toBeAttached();
  await page.locator('.fintro h1').click(); // leaving the field sends what was typed
  await saved(page);
  await expect(page.locator(`textarea[name="${seen}.comment"]`), 'saving closes nothing').toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(radio(page, seen, '4')).toBeChecked();
  await expect(page.locator(`input[name="${seen}.unclear"]`)).toBeChecked();
  await expect(page.locator(`textarea[name="${seen}.comment"]`)).toHaveValue('In de groep wel,\nin het team niet.');
  await expect(radio(page, unseen, 'C')).toBeChecked();
  await expect(radio(page, `${unseen}.reason`, 'unclear')).toBeChecked();
  await expect(page.locator(`textarea[name="${unanswered}.comment"]`)).toHaveValue('Hier denk ik nog over na.');

  await choice(page, unseen, '3').click();
  await saved(page);
  await page.reload();
  await expect(radio(page, unseen, '3')).toBeChecked();
  await expect(choice(page, `${unseen}.reason`, 'unclear')).toBeHidden();
});

test('another language keeps the answers', async ({ page, world }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('director'));
  await hydrated(page);
  const [code] = await three(page);
  const dutch = await aspect(page, code).locator('> legend').innerText();
  await choice(page, code, '5').click();
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(radio(page, code, '5')).toBeChecked();
  await expect(aspect(page, code).locator('> legend')).not.toHaveText(dutch);
  await hydrated(page);
  await expectState(page, 'saved', 'Saved');
  await expectAccessible(page);
});

test('somebody who stops goes on later on another device', async ({ page, newVisitor, world, faults }) => {
  const school = await world.school();
  await atFirstPage(page, school.linkOf('teacher'));
  await hydrated(page);
  const left = page.url();
  const codes = await codesOn(page);
  await choice(page, codes[0] ?? '', '4').click();
  await page.locator('button[name=go][value=stop]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Je formulier is gesloten');
  await expectAccessible(page);
  faults.allow(/status of 404/);
  expect((await page.goto(left))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dit formulier is hier niet open');
  await expectAccessible(page);

  const elsewhere = await newVisitor();
  await elsewhere.goto(school.linkOf('teacher'));
  await elsewhere.getByRole('button', { name: 'Ga verder met mijn formulier' }).click();
  await elsewhere.getByRole('link', { name: 'Verder waar je was' }).click();
  await expect(elsewhere, 'at the first statement that is open').toHaveURL(`${left}#aspect-${codes[1]}`);
  await expect(radio(elsewhere, codes[0] ?? '', '4')).toBeChecked();
  await expect(radio(elsewhere, codes[1] ?? '', '1')).toBeFocused();
  await elsewhere.keyboard.press('3');
  await expect(radio(elsewhere, codes[1] ?? '', '3'), 'where keys answer').toBeChecked();
});

test('the last page leads to what is open; submitting twice is harmless, and final', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('ib'));
  for (const competency of ['C1', 'C2', 'C4']) {
    await page.goto(`${form}/${competency}`);
    const codes = await codesOn(page);
    await Promise.all(codes.map((code) => put(page, form, code, { choice: '4' })));
  }
  await page.goto(`${form}/open`);
  await expect(page.getByText('Je hebt 72 van de 93 stellingen beantwoord.')).toBeVisible();
  await page.locator('a[href$="/C3?from=open#aspect-C3.21"]').click();
  await hydrated(page);
  await expect(choice(page, 'C3.21', '3')).toBeInViewport();
  await choice(page, 'C3.21', '3').click();
  await goNext(page);
  await expect(page, 'what was opened from the last look leads back to it').toHaveURL(/\/open$/);
  await expect(page.getByText('Je hebt 73 van de 93 stellingen beantwoord.')).toBeVisible();

  await page.getByRole('button', { name: 'Verzenden' }).dblclick();
  await expect(page).toHaveURL(/\/receipt$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dank je wel');
  await expectAccessible(page);
  for (const path of ['', '/C1', '/open']) {
    await page.goto(`${form}${path}`);
    await expect(page).toHaveURL(/\/receipt$/);
  }
  const refused = await put(page, form, 'C3.21', { choice: '5' });
  expect(refused.status()).toBe(409);
  expect(await refused.json()).toMatchObject({ code: 'response_submitted' });
  await page.reload();
  await expect(page.locator('.receipt dl > div', { hasText: /^21\. / }).nth(2)).toContainText('soms');
});

test('a link that was never used says that the round is closed', async ({ page, world, faults }) => {
  faults.allow(/status of 409/);
  const school = await world.school();
  await rounds.close(world.db, school.cohort.trainer, school.roundId);
  await page.goto(school.linkOf('teacher'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('De meting is gesloten');
  await expect(page.getByText('nog eens')).toHaveCount(0);
  await expectAccessible(page);
});

test('a link that does not work says so kindly, and the same whether it ever existed', async ({
  page,
  world,
  faults,
}) => {
  faults.allow(/status of 404/);
  const school = await world.school();
  const withdrawn = school.linkOf('teacher', 2);
  const [progress] = await rounds.progress(world.db, school.cohort.trainer, school.roundId);
  const teachers = progress?.series.team.filter((each) => each.role === 'teacher') ?? [];
  for (const { id } of teachers) await participants.removeRater(world.db, school.cohort.trainer, id);

  const texts: string[] = [];
  for (const link of [withdrawn, withdrawn.replace(/\/f\/.*/, '/f/this-link-never-was')]) {
    expect((await page.goto(link))?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deze link werkt niet meer');
    texts.push(await page.locator('body').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
