import type { Page } from '@playwright/test';
import { readConfig } from '#lib/server/config.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import { actorOfPerson, addAssignment } from '../support/assignments.ts';
import { PDF } from '../support/hand-in-files.ts';
import { signedInCookie } from '../support/session.ts';
import { look, phone } from './look.ts';
import { expect, test } from './world.ts';

test('an assignment is handed in without scripts, read by the trainer, and answered', async ({
  page,
  newVisitor,
  world,
  server,
  faults,
}) => {
  faults.allow(/status of 400/); // the form with nothing in it
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  const { cohort, invited } = await world.school({ teachers: 0 });
  const dueOn = addDays(dayOf(new Date()), 7);
  await addAssignment(world.db, cohort.id, { dueOn, title: 'Een gesprek opgenomen' });
  const next = await addAssignment(world.db, cohort.id, { dueOn: addDays(dueOn, 60), title: 'Een tweede opdracht' });
  const ib = await actorOfPerson(world.db, cohort, invited.find(({ role }) => role === 'ib')?.personId ?? '');
  const { secret } = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const enter = async (of: Page, userId: string) => {
    const [name = '', value = ''] = (await signedInCookie(world.db, secret, userId)).split(/=(.*)/s);
    await of.context().addCookies([{ name, value, url: server.url }]);
  };

  const still = await newVisitor({ ...phone, javaScriptEnabled: false });
  await enter(still, ib.userId);
  await still.goto('/reports');
  await still.getByRole('link', { name: 'Een gesprek opgenomen' }).click();
  await still.getByRole('button', { name: 'Lever in' }).click();
  await expect(still.getByRole('alert')).toContainText('Er is nog niets om in te leveren');
  await still.getByLabel('Tekst').fill('Wat ik hoorde toen ik terugluisterde.');
  await still.getByLabel('Bestand').setInputFiles({ name: 'verslag.pdf', mimeType: 'x/y', buffer: Buffer.from(PDF) });
  await still.getByRole('button', { name: 'Lever in' }).click();
  await expect(still.getByText('Ingeleverd. Je trainer kan het nu lezen.')).toBeVisible();

  await enter(page, cohort.trainer.userId);
  await page.goto(`/cohorts/${cohort.id}/plan`);
  await page.getByRole('link', { name: /^1 van 1 ingeleverd/ }).click();
  await look(page);
  await page.getByRole('link', { name: 'Lees het werk' }).click();
  await expect(page.getByText('Wat ik hoorde toen ik terugluisterde.')).toBeVisible();
  await look(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download verslag.pdf' }).click();
  expect((await download).suggestedFilename()).toBe('verslag.pdf');
  await page.getByLabel('Feedback', { exact: true }).fill('Wat deed je in die stilte?');
  await page.getByRole('button', { name: 'Bewaar de feedback' }).click();
  await expect(page.getByText('feedback gegeven')).toBeVisible();

  const reader = await newVisitor();
  await enter(reader, ib.userId);
  await reader.goto('/reports');
  await look(reader);
  await reader.getByRole('link', { name: 'Een gesprek opgenomen' }).click();
  await expect(reader.getByText('Wat deed je in die stilte?')).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Lever opnieuw in' })).toHaveCount(0);
  await look(reader);
  await reader.goto(`/assignments/${next}`);
  await look(reader);
});
