import { pdfPages } from '../support/read-files.ts';
import { look } from './look.ts';
import { expect, test } from './world.ts';

test('a participant writes an action plan without scripts, ticks a step, and lets the trainer read it for a while', async ({
  page,
  newVisitor,
  world,
  baseURL,
  faults,
}) => {
  faults.allow(/status of 400/); // a form that is refused
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  const cohort = await world.programme('samenwerken-met-ouders');
  const ib = await world.participant(cohort, 'ib');
  const plain = await newVisitor({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  await world.signIn(plain, ib);
  await plain.goto('/reports');
  await plain.getByRole('link', { name: `Mijn actieplan bij ${cohort.name}` }).click();
  await expect(plain.getByText(/^Klaar op /)).toBeVisible();
  await plain.getByRole('link', { name: 'Begin met je plan' }).click();
  await plain.locator('[name=step1]').fill('Morgen bel ik één ouder.');
  await plain.getByLabel('Dag van stap 1').fill('2030-01-10');
  await plain.getByRole('button', { name: 'Bewaren' }).click();
  await expect(plain.getByRole('alert')).toContainText('Schrijf op wat je wilt bereiken.');
  await expect(plain.locator('[name=step1]')).toHaveValue('Morgen bel ik één ouder.');
  await plain.getByLabel('Wat wil ik bereiken?').fill('Ouders vertellen uit zichzelf wat thuis helpt.');
  await plain.getByRole('button', { name: 'Bewaren' }).click();
  await plain.getByRole('button', { name: /^Ik heb dit gedaan/ }).click();
  await expect(plain.locator('.plan-steps')).toContainText('gedaan op');

  await world.signIn(page, ib);
  await page.goto('/reports');
  await look(page);
  await page.goto(`/action-plans/${cohort.id}`);
  await look(page);
  const paper = await pdfPages(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  expect(paper).toHaveLength(1);
  expect(paper[0]).toContain('Morgen bel ik één ouder.'); // done, and on paper all the same
  expect(paper[0]).not.toContain('Deel met mijn trainer');
  await page.getByRole('link', { name: 'Verander je plan' }).click();
  await page.getByText('Nog meer stappen').click();
  await look(page);

  const trainer = await newVisitor(baseURL ? { baseURL } : {});
  await world.signIn(trainer, cohort.trainer);
  const shared = trainer.getByText('Ouders vertellen uit zichzelf wat thuis helpt.');
  await trainer.goto(`/cohorts/${cohort.id}/action-plans`);
  await expect(trainer.getByText('Er is nu geen plan dat met je wordt gedeeld.')).toBeVisible();
  await plain.getByRole('button', { name: 'Deel met mijn trainer' }).click();
  await expect(plain.getByRole('status')).toHaveText('Je trainer kan je actieplan nu lezen.');
  await trainer.reload();
  await expect(shared).toBeVisible();
  await look(trainer);
  await plain.getByRole('button', { name: 'Deel niet meer' }).click();
  await trainer.reload();
  await expect(shared).toHaveCount(0);

  await page.goto(`/action-plans/${cohort.id}/remove`);
  await look(page);
  await page.getByRole('button', { name: 'Haal weg' }).click();
  await expect(page.getByRole('link', { name: 'Begin met je plan' })).toBeVisible();
});
