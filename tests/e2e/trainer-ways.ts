import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { openDatabase } from '#lib/server/db/open.ts';
import { expect, expectAccessible, test as base } from '../support/browser.ts';
import type { RunningServer } from '../support/server.ts';
import { startServer } from '../support/server.ts';
import type { RaterKey } from './given-answers.ts';
import { look } from './look.ts';
import { setUpSecondStep } from './staff-ways.ts';

/** A test on an empty server that no other test uses: a set-up link works once. */
export const test = base.extend<{ emptyServer: RunningServer }>({
  emptyServer: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ emptyServer }, use) => use(emptyServer.url),
});

/** The people of the school in the main journey. */
export const names: Record<RaterKey, string> = {
  director: 'Joost van Dalen',
  ib: 'Marloes Hendriks',
  teacher1: 'Fatima Aydin',
  teacher2: 'Kees Bakker',
  teacher3: 'Anna de Wit',
};

/** Makes the first administrator, who has the choice of how to begin then. */
export async function makeFirstAdmin(page: Page, server: RunningServer): Promise<void> {
  await page.goto(await server.setupLink());
  await look(page);
  await page.getByLabel('Naam').fill('Tineke Trainer');
  await page.getByLabel('E-mailadres').fill('tineke@voorbeeld.example');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await setUpSecondStep(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hoe wil je beginnen?');
  await look(page);
}

/** As if so many days passed without mail: all that was mailed so far was sent that long ago. */
export async function passDays(server: RunningServer, days: number): Promise<void> {
  const { db, close } = await openDatabase({ file: resolve(server.dataDir, 'drieluik.sqlite') });
  const at = new Date(Date.now() - days * 86_400_000).toISOString();
  await db.updateTable('mail').set({ created_at: at, status: 'sent', sent_at: at }).execute();
  await close();
}

/** @returns the address of the cohort */
export async function setUp(page: Page, server: RunningServer): Promise<string> {
  await makeFirstAdmin(page, server);
  await page.getByRole('link', { name: 'Begin leeg' }).click();

  await expect(page).toHaveURL(/\/cohorts$/);
  await look(page);
  await page.getByRole('link', { name: 'Beheer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Beheer');
  await look(page);
  await page.getByRole('link', { name: 'Cohorten' }).click();
  await page.getByRole('link', { name: 'Maak een cohort' }).click();
  await page.getByLabel('Naam van het cohort').fill('Rivierenrand 2026–2029');
  await page.getByLabel('Leergang').fill('De excellent communicerende IB’er');
  await page.getByLabel('Samenwerkingsverband (SWV)').fill('SWV Rivierenrand');
  await page.getByRole('radio', { name: /^Nee/ }).check();
  await look(page);
  await page.getByRole('button', { name: 'Maak het cohort' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rivierenrand 2026–2029');
  const cohort = page.url().replace(/\?.*/, '');
  await look(page);
  await page.getByRole('link', { name: 'Voeg de eerste school toe' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Een school toevoegen');
  await look(page);
  await fillSchool(page, {
    school: 'Basisschool De Klimop',
    ib: names.ib,
    director: names.director,
    teachers: [names.teacher1, `${names.teacher2}; kees@klimop.example`, names.teacher3].join('\n'),
  });
  await expect(page.getByText("IB'er: Marloes Hendriks · directeur: Joost van Dalen · 3 leerkrachten")).toBeVisible();
  await look(page);
  return cohort;
}

type School = { school: string; ib: string; director: string | null; teachers: string };

export async function fillSchool(page: Page, { school, ib, director, teachers }: School): Promise<void> {
  const address = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@school.example`;
  await page.locator('input[name=school]').fill(school);
  await page.locator('input[name=ibName]').fill(ib);
  await page.locator('input[name=ibEmail]').fill(address(ib));
  if (director) {
    await page.locator('input[name=directorName]').fill(director);
    await page.locator('input[name=directorEmail]').fill(address(director));
  }
  await page.locator('textarea[name=teachers]').fill(teachers);
  await page.getByRole('button', { name: 'Voeg de school toe' }).click();
  await expect(page).toHaveURL(/\/cohorts\/[\w-]+$/);
}

/** @returns the address of the round */
export async function openRound(page: Page, cohort: string): Promise<string> {
  await page.goto(cohort);
  await page.getByRole('link', { name: 'Plan de meting T0' }).click();
  await expect(page.getByLabel('Naam van de meting')).toHaveValue('T0');
  await look(page);
  await page.getByRole('button', { name: 'Plan de meting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting T0 staat klaar');
  await look(page);
  await page.getByRole('link', { name: 'Controleer en open' }).click();
  await expect(page.getByText('Alles is compleet')).toBeVisible();
  await expect(page.getByText('5 mensen worden gevraagd')).toBeVisible();
  await expect(page.getByText('Mail is hier nog niet ingesteld: er gaat nu niets uit.')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Open de meting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting T0 loopt');
  await look(page);
  return page.url();
}

export async function copyLinks(page: Page): Promise<Record<RaterKey, string>> {
  await page.getByRole('button', { name: 'Toon alle links van deze school' }).click();
  const all = await page.getByLabel('Alle links van Basisschool De Klimop').inputValue();
  await look(page);
  const linkOf = (name: string) =>
    all
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.split(': ')[1] ?? '';
  return {
    director: linkOf(names.director),
    ib: linkOf(names.ib),
    teacher1: linkOf(names.teacher1),
    teacher2: linkOf(names.teacher2),
    teacher3: linkOf(names.teacher3),
  };
}

/** @returns the sign-in links of this school's team, by name */
export async function signInLinks(page: Page, cohort: string, school: string): Promise<Record<string, string>> {
  const links: Record<string, string> = {};
  await page.goto(cohort);
  await page.getByRole('link', { name: school }).click();
  await look(page);
  const people = page.locator('.people li').filter({ has: page.getByRole('button', { name: /inloglink/ }) });
  for (const name of await people.locator('.person b').allTextContents()) {
    await page.getByRole('button', { name: `voor ${name}` }).click();
    links[name] = await page.getByLabel(`Inloglink voor ${name}`).inputValue();
  }
  await look(page);
  return links;
}

/** Signs in with a one-time link. @returns the page, at the reports of this person */
export async function signedIn(page: Page, link: string): Promise<Page> {
  await page.goto(link);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);
  return page;
}
