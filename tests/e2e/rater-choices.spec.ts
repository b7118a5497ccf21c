import * as make from '../support/factories.ts';
import { look } from './look.ts';
import { expect, test } from './world.ts';

test('whoever fills in asks for no reminders, takes back a yes after sending, and ends the own link', async ({
  page,
  world,
  faults,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  faults.allow(/status of 404/); // the link that was ended
  const school = await world.school({ teachers: 2, mode: 'open' });
  const link = school.linkOf('teacher');
  await page.goto(link);
  await page.getByRole('button', { name: 'Stuur mij geen herinneringen' }).click();
  await expect(page.getByText('Je krijgt over deze meting geen herinneringen.')).toBeVisible();
  await look(page);

  await make.fillAndSubmit(world.db, make.inRole(school.invited, 'teacher'));
  await page.goto(link);
  await page.locator('main form button').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dank je wel');
  await page.getByText('Mijn ja terugnemen').click();
  await look(page);
  await page.getByRole('button', { name: 'Neem mijn ja terug' }).click();
  await expect(page.locator('#consent')).toBeVisible();
  await expect(page.getByText('Mijn ja terugnemen')).toHaveCount(0);

  await page.getByText('Deze link afsluiten').click();
  await page.getByLabel('Ik heb deze link niet meer nodig.').check();
  await look(page);
  await page.getByRole('button', { name: 'Sluit deze link af' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Je link is afgesloten');
  await look(page);
  expect((await page.goto(link))?.status()).toBe(404);
});
