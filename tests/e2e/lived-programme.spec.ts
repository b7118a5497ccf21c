import ICAL from 'ical.js';
import * as attendance from '#lib/server/attendance/service.ts';
import { hydrated } from '../support/browser.ts';
import { addSession, joinedAt } from '../support/sessions.ts';
import { look, phone } from './look.ts';
import { expect, test } from './world.ts';

/** A programme as its trainer runs it, from the plan to what people found of a session. */

test.beforeEach(() => {
  test.skip(test.info().project.name === 'phone', 'each looks at both widths itself');
});

test('a plan gets a session, is changed and moved after a preview, and partnerships count it', async ({
  page,
  world,
  faults,
}) => {
  faults.allow(/status of 400/); // a form that is refused
  const cohort = await world.programme('samenwerken-met-ouders');
  await world.signIn(page, cohort.trainer);
  const title = page.getByRole('heading', { level: 1 });
  await page.goto(`/cohorts/${cohort.id}/plan`);
  await expect(page.locator('.plan > li')).toHaveCount(7);
  await look(page);

  await page.getByRole('link', { name: 'Bijeenkomst toevoegen' }).click();
  await look(page);
  await page.getByLabel('Titel').fill('Terugkomdag');
  await page.getByLabel('Dag', { exact: true }).fill('2031-09-30');
  await page.getByLabel('Begint om').fill('13:30');
  await page.getByLabel('Eindigt om').fill('12:30');
  await page.getByLabel('Uren').fill('2,5');
  await page.getByLabel('Jaar van de leergang').fill('1');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('alert')).toContainText('Het einde ligt niet na het begin.');
  await expect(page.getByLabel('Titel')).toHaveValue('Terugkomdag');
  await page.getByLabel('Eindigt om').fill('16:00');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  const added = page.locator('.plan > li', { hasText: 'Terugkomdag' });
  await expect(added).toContainText('13:30–16:00');
  await added.getByRole('link', { name: 'Wijzig' }).click();
  await page.getByLabel('Plaats').fill('De Brug, zaal 2');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(added).toContainText('De Brug, zaal 2');

  await page.getByRole('link', { name: 'Alles verschuiven' }).click();
  await page.getByLabel('Aantal weken later').fill('2');
  await page.getByRole('button', { name: 'Laat zien wat er verandert' }).click();
  const row = page.getByRole('row', { name: /Terugkomdag/ });
  await expect(row).toContainText('30-09-2031');
  await expect(row).toContainText('14-10-2031');
  await look(page);
  await page.getByRole('button', { name: 'Verschuif' }).click();
  await expect(page.getByRole('status')).toContainText('Verschoven.');
  await expect(added).toContainText('14-10-2031');

  await page.goto('/partnerships');
  await look(page);
  await page.getByRole('link', { name: cohort.partnership }).click();
  await expect(title).toHaveText(cohort.partnership);
  await expect(page.getByRole('link', { name: cohort.name })).toBeVisible();
  await look(page);
});

test('a template is copied, changed and published; what came with it stays as it is', async ({ page, world }) => {
  const { trainer } = await world.programme('samenwerken-onder-spanning');
  await world.signIn(page, trainer);
  await page.goto('/admin/templates');
  await look(page);
  await page.getByRole('link', { name: 'Samenwerken met ouders' }).first().click();
  await page.getByLabel('Sleutel').fill('samenwerken-met-ouders-po');
  await page.getByLabel('Versienummer').fill('1');
  await page.getByRole('button', { name: 'Kopie maken' }).click();
  await expect(page).toHaveURL(/\/edit\b/);
  await page.getByLabel('Titel, Nederlands').first().fill('Samenwerken met ouders in het basisonderwijs');
  await page.locator('#assignments summary').first().click();
  await expect(page.getByLabel('Dit is het persoonlijke actieplan').first()).toBeChecked();
  await look(page);
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Samenwerken met ouders in het basisonderwijs');
  await look(page);
  await page.getByRole('button', { name: 'Publiceer' }).click();
  await expect(page.getByRole('button', { name: 'Publiceer' })).toBeHidden();
  await page.goto('/cohorts/new');
  for (const name of ['Samenwerken met ouders in het basisonderwijs', 'Samenwerken met ouders']) {
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  }
});

test('who was there is one tap on a phone; who was asks and answers how useful it was, and has it in a calendar', async ({
  newVisitor,
  world,
  baseURL,
}) => {
  const cohort = await world.programme('samenwerken-onder-spanning');
  const startsAt = new Date(Date.now() - 3_600_000).toISOString();
  await addSession(world.db, cohort.id, { startsAt, title: 'Oefenmiddag' });
  await joinedAt(world.db, cohort.id, '2026-01-05T08:00:00.000Z');
  const page = await newVisitor({ ...phone, ...(baseURL ? { baseURL } : {}) });
  await world.signIn(page, cohort.trainer);
  await page.goto(`/cohorts/${cohort.id}/sessions`);
  await look(page);
  await page.getByRole('link', { name: 'Oefenmiddag' }).click();
  await hydrated(page);
  const first = page.locator('.attend > li').first();
  await first.getByRole('button', { name: /^Aanwezig/ }).tap();
  await expect(first.getByRole('status')).toHaveText('Opgeslagen');
  await expect(page.locator('[data-counts]')).toContainText('1 aanwezig');
  await look(page);
  const [someone] = await attendance.takingPart(world.db, cohort.id, new Date());
  await expect(first).toContainText(someone?.name ?? '?');

  await page.getByRole('button', { name: 'Maak de link voor 1 aanwezige' }).click();
  await page.getByText('Links om door te geven').click();
  await page.getByRole('button', { name: /^Toon de link/ }).click();
  const link = await page.locator('.copy input').inputValue();
  const participant = await newVisitor({ ...phone, javaScriptEnabled: false });
  await participant.goto(link);
  await participant.getByRole('button', { name: 'Naar de vraag' }).click();
  await participant.getByText('8', { exact: true }).click();
  await participant.getByLabel('Wat maakte het nuttig?').fill('Oefenen met mijn eigen gesprek.');
  await participant.getByRole('button', { name: 'Verstuur' }).click();
  await expect(participant.getByRole('status')).toContainText('Je antwoord is bewaard.');
  await page.reload();
  await expect(page.getByText('1 van de 1 gaf antwoord.')).toBeVisible();
  await expect(page.locator('[data-withheld]')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('Oefenen met mijn eigen gesprek.');

  await page.goto(`/cohorts/${cohort.id}/calendar`);
  await look(page);
  await page.getByRole('button', { name: `Maak een adres : ${cohort.name}` }).click();
  const address = await page.locator('.copy input').inputValue();
  const file = await page.request.get(address);
  expect(file.headers()['content-type']).toContain('text/calendar');
  const events = new ICAL.Component(ICAL.parse(await file.text())).getAllSubcomponents('vevent');
  const titles = events.map((event) => new ICAL.Event(event).summary);
  expect(titles).toContain('Oefenmiddag');
});
