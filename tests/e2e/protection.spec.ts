import type { Page } from '@playwright/test';
import type { Answer } from '#lib/form/answer.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as make from '../support/factories.ts';
import { choice, enter, saved, valuesOf } from './form-page.ts';
import { confirmReport } from './confirm-report.ts';
import { look } from './look.ts';
import type { School, World } from './world.ts';
import { expect, hydrated, test } from './world.ts';

// One size: what leaves the server does not depend on it, and the pages are looked at in both widths here.
test.beforeEach(({}, { project }) => test.skip(project.name === 'phone', 'looks at both widths itself'));

/** Fills in every aspect with this score and this remark, and submits. */
async function submit(
  world: World,
  school: School,
  [role, index]: ['ib' | 'director' | 'teacher', number],
  score: number,
  comment: string,
) {
  const person = school.invited.filter((each) => each.role === role)[index];
  if (!person) throw new Error(`there is no ${role} ${index}`);
  const entered = await make.enter(world.db, person);
  await responses.chooseConsent(world.db, entered.form, true);
  const form = await make.reopen(world.db, entered);
  const { aspectIds } = await responses.instrumentOf(world.db, form);
  const after: Answer = make.answer({ score, comment });
  const aspects = [...aspectIds.keys()].map((code) => ({ code, before: make.answer(), after }));
  await answers.savePage(world.db, form, { aspects, scales: [] });
  await responses.submit(world.db, entered.responsePublicId, entered.sessionToken);
}

/** Signs in as this reader and opens the report. */
async function read(page: Page, world: World, school: School, role: 'ib' | 'director', report: string): Promise<void> {
  await page.goto(await world.signInLink(school, role));
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);
  await page.goto(report);
  if (role === 'director') await confirmReport(page);
  await hydrated(page);
}

/** Everything that the server sends of a report: the page and the framework's data, with the text that they show. */
async function sent(page: Page, report: string): Promise<{ raw: string; text: string }> {
  const html = await (await page.request.get(report)).text();
  // The figures go along as JSON in a text.
  const data = (await (await page.request.get(`${report}/__data.json`)).text()).replaceAll('\\"', '"');
  expect(data).toContain('"triptych"');
  const shown = html.replaceAll(/<script[\s\S]*?<\/script>/g, '').replaceAll(/<[^>]*>/g, ' ');
  return { raw: html.replaceAll('\\"', '"') + data, text: shown };
}

/** The column of a view, in the triptych and aspect by aspect, is withheld for this reason and holds no figure. */
async function expectClosed(page: Page, panel: 'vd' | 'vi' | 'vt', reason: string): Promise<void> {
  const cells = page.locator(`[data-figure] td.${panel}`);
  await expect(cells).toHaveCount(4 + 93);
  await expect(page.locator(`[data-figure] td.${panel}[data-withheld=${reason}]`)).toHaveCount(4 + 93);
  for (const text of await cells.allTextContents()) expect(text).not.toMatch(/\d/);
}

test('two protected teachers: their panel is closed, and nothing of theirs leaves the server', async ({
  page,
  world,
}) => {
  const school = await world.school({ teachers: 2 });
  await submit(world, school, ['director', 0], 4, 'opmerking-directeur');
  await submit(world, school, ['ib', 0], 5, 'opmerking-zelf');
  await submit(world, school, ['teacher', 0], 1, 'geheim-een');
  await submit(world, school, ['teacher', 1], 2, 'geheim-twee');
  const { report } = await world.closeAndRelease(school);

  await read(page, world, school, 'director', report);
  await expectClosed(page, 'vt', 'view_hidden');
  await expect(page.locator('.answered [data-withheld=view_hidden]')).toContainText(
    'Ingevuld: 2 leerkrachten. Nodig: 3.',
  );
  const { raw, text } = await sent(page, report);
  expect(text).toContain('opmerking-directeur');
  expect(text).toContain('opmerking-zelf');
  expect(raw).not.toContain('geheim');
  // Neither their mean, nor the means of the others with it from which it could be worked out.
  for (const figure of [1.5, 2.75, 2.8, 3.25, 3.5]) {
    expect(raw).not.toMatch(new RegExp(`[\\[,:]${String(figure).replace('.', '\\.')}[,\\]}]`));
    expect(text).not.toContain(String(figure).replace('.', ','));
  }
  await look(page);

  // The way of a script of the page: from the list to the report without loading it whole.
  await page.goto('/reports');
  await hydrated(page);
  await page.getByRole('link', { name: /De Wingerd, meting T0/ }).click();
  await expect(page.locator('[data-figure=triptych]')).toBeVisible();
  await expectClosed(page, 'vt', 'view_hidden');
});

test('open mode asks for consent, and a refusal closes the panel', async ({ page, newVisitor, world }) => {
  const school = await world.school({ teachers: 1, mode: 'open' });
  await submit(world, school, ['director', 0], 4, 'opmerking-directeur');
  await submit(world, school, ['ib', 0], 5, 'opmerking-zelf');

  const teacher = await newVisitor();
  const form = await enter(teacher, school.linkOf('teacher'));
  await expect(teacher.getByText('Jij bent de enige leerkracht die wordt gevraagd.')).toBeVisible();
  await look(teacher);
  await teacher.getByRole('button', { name: 'Beginnen' }).click();
  await expect(teacher.getByText('Kies eerst ja of nee.')).toBeInViewport();
  await expect(teacher.locator('#consent-fault')).toBeFocused();
  await look(teacher);
  // What was ticked goes along with the language; no page that was sent is a step back.
  await teacher.getByRole('radio', { name: /^Ja/ }).check();
  await teacher.getByRole('button', { name: 'Switch to English' }).click();
  await expect(teacher.getByRole('radio', { name: /^Yes/ })).toBeChecked();
  await teacher.goBack();
  await expect(teacher.getByRole('radio')).toHaveCount(2);
  await teacher.goForward();
  await teacher.getByRole('button', { name: 'Schakel over naar het Nederlands' }).click();
  await expect(teacher.getByRole('radio', { name: /^Ja/ })).toBeVisible();
  await teacher.goto(`${form}/C1`);
  await expect(teacher, 'no answer before the choice').toHaveURL(form);
  await teacher.getByRole('radio', { name: /^Nee/ }).check();
  await teacher.getByRole('button', { name: 'Beginnen' }).click();
  await teacher.waitForURL(/\/C\d$/);
  await teacher.goto(`${form}/C1`);
  await hydrated(teacher);
  await choice(teacher, 'C1.01', '1').click();
  await teacher.locator('[id="aspect-C1.01"] details.rem > summary').click();
  await teacher.locator('textarea[name="C1.01.comment"]').fill('geheim-open');
  await teacher.locator('.fintro h1').click();
  await saved(teacher);
  await teacher.goto(`${form}/open`);
  await expect(teacher.getByText('Je hebt gekozen dat je antwoorden niet worden getoond.')).toBeVisible();
  await teacher.getByRole('button', { name: 'Verzenden' }).click();
  await expect(teacher).toHaveURL(/\/receipt$/);
  const { report } = await world.closeAndRelease(school);

  await read(page, world, school, 'ib', report);
  await expectClosed(page, 'vt', 'consent');
  const { raw } = await sent(page, report);
  expect(raw).not.toContain('geheim');
  await look(page);
});

test('open mode with consent shows the one teacher, remark and all', async ({ page, world }) => {
  const school = await world.school({ teachers: 1, mode: 'open' });
  await submit(world, school, ['director', 0], 4, '');
  await submit(world, school, ['ib', 0], 5, '');
  await submit(world, school, ['teacher', 0], 2, 'opmerking-leerkracht');
  const { report } = await world.closeAndRelease(school);
  await read(page, world, school, 'ib', report);
  const row = page.locator('[data-figure="gaps-C1"] tr[data-aspect="C1.01"]');
  expect(await valuesOf(row)).toEqual(['4', '5', '2']);
  await expect(row).toHaveAttribute('data-class', 'contested');
  await expect(page.locator('[data-withheld=consent]')).toHaveCount(0);
  await expect(page.getByText('opmerking-leerkracht').first()).toBeAttached();
});

test('a director who did not submit sees nothing of the IB’er', async ({ page, newVisitor, world }) => {
  const school = await world.school();
  await submit(world, school, ['ib', 0], 5, 'geheim-zelf');
  for (const index of [0, 1, 2]) await submit(world, school, ['teacher', index], 3, '');
  const { report } = await world.closeAndRelease(school);

  await read(page, world, school, 'director', report);
  await expectClosed(page, 'vi', 'other_not_submitted');
  const { raw } = await sent(page, report);
  expect(raw).not.toContain('geheim');
  await look(page);

  const ib = await newVisitor();
  await read(ib, world, school, 'ib', report);
  const row = ib.locator('[data-figure="gaps-C1"] tr[data-aspect="C1.01"]');
  expect(await valuesOf(row)).toEqual(['niet beoordeeld', '5', '3']);
  expect((await sent(ib, report)).text).toContain('geheim-zelf');
});
