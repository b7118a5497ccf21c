import type { Page } from '@playwright/test';
import { expect, expectAccessible } from '../support/browser.ts';
import { enter, put } from './form-page.ts';
import { holdScripts } from './hold-scripts.ts';
import { look, phone } from './look.ts';
import { copyLinks, names, passDays, setUp, test } from './trainer-ways.ts';

/** A day so many days from today, as a date field takes it, and as a page says it. */
function dayAhead(days: number): { field: string; said: string } {
  const parts = { timeZone: 'Europe/Amsterdam', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const moment = new Date(Date.now() + days * 86_400_000);
  return {
    field: new Intl.DateTimeFormat('en-CA', parts).format(moment),
    said: new Intl.DateTimeFormat('nl-NL', parts).format(moment),
  };
}

/** Submits the form that this page has entered, without scripts. */
async function send(page: Page, form: string): Promise<void> {
  await page.goto(`${form}/open`);
  await page.getByRole('button', { name: 'Verzenden' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dank je wel');
}

test('a trainer plans a round with dates, follows it, reminds, extends, and opens again what was closed', async ({
  page,
  newVisitor,
  emptyServer,
  faults,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  faults.allow(/status of 4(00|09)/); // two forms are refused, rightly
  const cohort = await setUp(page, emptyServer);
  const [soon, later, latest] = [dayAhead(5), dayAhead(12), dayAhead(20)];

  await test.step('plans it with dates, and is told at the field what cannot be', async () => {
    const letScriptsGo = await holdScripts(page);
    await page.goto(`${cohort}/rounds/new`, { waitUntil: 'commit' });
    await page.getByLabel('Opent op').fill(later.field);
    await letScriptsGo();
    await expect(page.getByLabel('Opent op'), 'what is typed before scripts run stays').toHaveValue(later.field);
    await page.getByLabel('Sluit aan het eind van').fill(soon.field);
    await page.getByRole('button', { name: 'Plan de meting' }).click();
    await expect(page.locator('#closesOn-fault')).toHaveText(
      'De meting sluit dan vóór de openingsdag. Kies een latere dag.',
    );
    await expect(page.getByLabel('Opent op')).toHaveValue(later.field);
    await look(page);
    await page.getByLabel('Opent op').fill(soon.field);
    await page.getByLabel('Sluit aan het eind van').fill(later.field);
    await page.getByRole('button', { name: 'Plan de meting' }).click();
    await expect(
      page.getByText(`Opent op ${soon.said} om 8.00 uur · sluit aan het eind van ${later.said}`),
    ).toBeVisible();
    await look(page);
  });
  const round = page.url();

  await test.step('sees on the first page that it opens soon', async () => {
    await page.goto(`${emptyServer.url}/cohorts`);
    await expect(page.getByText(`De meting opent op ${soon.said}.`)).toBeVisible();
    await look(page);
    await page.getByRole('link', { name: /Controleer de meting/ }).click();
    await expect(page.getByText('er gaat nu niets uit. 3 mails wachten')).toBeVisible();
    await expect(page.getByText(`De meting stond gepland voor ${soon.said} om 8.00 uur.`)).toBeVisible();
    await look(page);
    await page.getByRole('button', { name: 'Open de meting' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting T0 loopt');
    await expect(page.locator('#mails')).toContainText('3 mails');
    await expect(page.locator('.people li', { hasText: names.teacher1 })).toContainText('geen e-mailadres');
  });

  await test.step('reminds, and reads who is left out', async () => {
    await page.getByRole('link', { name: 'Herinner wie nog niet verzond' }).click();
    const leftOut = page.locator('.points li');
    await expect(page.getByText('Er gaat nu geen mail uit.')).toBeVisible();
    const recent = 'minder dan drie dagen geleden kwam er nog een mail voor klaar';
    await expect(page.locator('.reason', { hasText: recent }), 'an invitation is a mail too').toBeVisible();
    await expect(leftOut.filter({ hasText: names.director })).toBeVisible();
    await passDays(emptyServer, 3);
    await page.reload();
    await expect(page.getByText('Er gaan 3 mails uit.')).toBeVisible();
    await expect(page.locator('.reason', { hasText: 'geen e-mailadres' })).toContainText('(2 mensen)');
    await look(page);
    await page.getByRole('button', { name: 'Verstuur 3 herinneringen' }).click();
    await expect(page.locator('#mails')).toContainText('3 mails wachten');
    await page.getByRole('link', { name: /Herinner deze school/ }).click();
    await expect(page.getByText('Er gaat nu geen mail uit.')).toBeVisible();
    await expect(page.locator('.reason', { hasText: recent })).toBeVisible();
    await expect(leftOut.filter({ hasText: names.director })).toBeVisible();
    await look(page);
  });

  await test.step('extends it; of two changes at once the second is not lost silently', async () => {
    const other = await page.context().newPage();
    for (const tab of [page, other]) await tab.goto(`${round}/dates`);
    await page.getByLabel('Sluit aan het eind van').fill(latest.field);
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByText(`Sluit aan het eind van ${latest.said}`)).toBeVisible();
    await other.getByLabel('Sluit aan het eind van').fill(dayAhead(15).field);
    await other.getByRole('button', { name: 'Bewaren' }).click();
    await expect(
      other.getByText('Dit is intussen gewijzigd, door een ander of door jou in een ander tabblad.'),
    ).toBeVisible();
    await expect(other.locator('.note')).toContainText(`sluit aan het eind van ${latest.said}`, { ignoreCase: true });
    await expect(other.getByLabel('Sluit aan het eind van')).toHaveValue(dayAhead(15).field);
    await look(other);
    await other.close();
  });

  const links = await copyLinks(page);
  const rater = await newVisitor({ ...phone, javaScriptEnabled: false });
  const form = await enter(rater, links.teacher1);
  await put(rater, form, 'C1.01', { choice: '4' });
  await send(rater, form);

  await test.step('opens a form again on request, and the rater reads that it must be sent again', async () => {
    await page.goto(round);
    await expect(page.locator('[data-figure=response] figcaption')).toHaveText(
      'Tot nu toe verzonden: 1 van de 5 formulieren. Begonnen: 1.',
    );
    await page.getByRole('link', { name: /Open weer/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      `Het formulier van ${names.teacher1} weer openen?`,
    );
    await look(page);
    await page.getByRole('button', { name: 'Ja, open het weer' }).click();
    await expect(page.locator('.people li', { hasText: names.teacher1 })).toContainText('heropend');
    await rater.goto(form);
    await expect(rater.getByText('De trainer heeft je formulier op verzoek weer geopend.')).toBeVisible();
    await rater.goto(`${form}/open`);
    await expect(rater.getByText('Je antwoorden tellen pas weer mee als je opnieuw verzendt.')).toBeVisible();
    await send(rater, form);
  });

  await test.step('closes, opens the round again, closes once more and releases', async () => {
    await page.goto(`${round}/close`);
    await expect(page.getByText('Tot je een rapport vrijgeeft, kun je de meting opnieuw openen.')).toBeVisible();
    await page.getByRole('button', { name: 'Sluit de meting' }).click();
    await page.getByRole('link', { name: 'Open opnieuw' }).click();
    await look(page);
    await page.getByLabel('Sluit aan het eind van').fill(soon.field);
    await page.getByRole('button', { name: 'Open de meting opnieuw' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting T0 loopt');
    await page.goto(`${round}/close`);
    await page.getByRole('button', { name: 'Sluit de meting' }).click();
    await page.getByRole('link', { name: 'Geef alle rapporten vrij' }).click();
    // Of the IB'er's own school only a teacher sent a form: it goes open only if the IB'er agrees.
    await expect(page.getByText(/De IB'er vulde zelf niet in bij/)).toBeVisible();
    await expect(page.getByRole('checkbox')).not.toBeChecked();
    await look(page);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Geef vrij' }).click();
    await expect(page.getByText('Rapport vrijgegeven op')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open opnieuw' })).toHaveCount(0);
    await page.goto(`${emptyServer.url}/cohorts`);
    await expect(page.getByText('Vandaag hoeft er niets.')).toBeVisible();
    await expectAccessible(page);
  });
});
