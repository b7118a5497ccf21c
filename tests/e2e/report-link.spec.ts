import { createAuth, mailedSignInLink } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import { compose } from '#lib/server/mail/compose-service.ts';
import { listDue } from '#lib/server/mail/outgoing-queries.ts';
import { look } from './look.ts';
import { expect, test } from './world.ts';

test('the link of a released report leads to it through the mail, also when that is opened in another browser', async ({
  page,
  newVisitor,
  world,
  server,
  faults,
}) => {
  faults.allow(/status of 404/); // the link that is used up
  const school = await world.school();
  const { report } = await world.closeAndRelease(school);
  const director = school.invited.find(({ role }) => role === 'director');
  const person = world.db
    .selectFrom('person')
    .select('email')
    .where('id', '=', director?.personId ?? '');
  const { email } = await person.executeTakeFirstOrThrow();
  const { secret, publicUrl, ...rest } = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
  const auth = createAuth(world.db, { ...rest, secret, publicUrl });
  const signInLink = (address: string) => mailedSignInLink(auth, publicUrl, address);

  await page.goto(report);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await look(page);
  await page.getByLabel('E-mailadres').fill(email ?? '');
  await page.getByRole('button', { name: 'Mail mij een inloglink' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kijk in je mail');

  const now = new Date();
  const waiting = await listDue(world.db, now.toISOString(), 100);
  const mail = waiting.find(({ template, about }) => template === 'sign_in' && report.endsWith(about['to'] ?? 'none'));
  if (!mail) throw new Error('no sign-in mail waits');
  const composed = await compose({ db: world.db, secret, publicUrl, signInLink }, mail, now);
  const link = composed.kind === 'ready' ? composed.letter.parts.find((part) => part.kind === 'link') : undefined;

  const other = await newVisitor({ javaScriptEnabled: false });
  await other.goto(link?.url ?? '');
  await other.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await expect(other).toHaveURL(report);
  await expect(other.getByRole('checkbox', { name: /om te ontwikkelen/ })).toBeVisible();

  // Used up: the way to a new link still knows where to.
  await page.goto(link?.url ?? '');
  await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
  await page.getByRole('link', { name: 'Hoe kom ik aan een nieuwe link?' }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=%2Freports/);
});
