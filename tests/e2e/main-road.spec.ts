import { expect, expectAccessible, hydrated } from '../support/browser.ts';
import { confirmReport } from './confirm-report.ts';
import { expectFigures } from './expected-figures.ts';
import { look, phone } from './look.ts';
import { byClicksOfAScript, byKeyboard, byMouse, byRequests, withoutOurScripts, withoutScripts } from './rater-ways.ts';
import { copyLinks, fillSchool, names, openRound, setUp, signedIn, signInLinks, test } from './trainer-ways.ts';

/**
 * From an empty database to a report that is read, through pages only. The parts follow each other, on a server that no
 * other test uses. The longest file: its name is the first, so that it starts first.
 */
test('from an empty database to a report that IB’er and director read', async ({
  page,
  newVisitor,
  emptyServer,
  faults,
}) => {
  // One size: each page is looked at in both widths here, and the form has tests of its own at both sizes.
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(420_000);

  const cohort = await test.step('the first admin, a cohort and a school', () => setUp(page, emptyServer));
  const round = await test.step('a round is planned and opened', () => openRound(page, cohort));
  const links = await test.step('the personal links', () => copyLinks(page));

  await test.step('the IB’er fills in by keyboard', async () =>
    byKeyboard(await newVisitor({ reducedMotion: 'reduce' }), links.ib));
  await test.step('the director fills in by mouse', async () => byMouse(await newVisitor(), links.director));
  await test.step('a teacher fills in without scripts', async () =>
    withoutScripts(
      await newVisitor({ ...phone, javaScriptEnabled: false }),
      await withoutOurScripts(await newVisitor(phone)),
      links.teacher1,
    ));

  await test.step('the trainer sees who has answered, and nothing of what', async () => {
    await page.goto(round);
    const list = page.locator('.people li');
    await expect(list.filter({ hasText: names.teacher1 })).toContainText('verzonden');
    await expect(list.filter({ hasText: names.teacher2 })).toContainText('nog niet begonnen');
    await expect(page.locator('.by-school td.vt')).toHaveText('1/3');
    const sent = await (await page.request.get(`${round}/__data.json`)).text();
    expect(sent).toContain(names.teacher1);
    expect(sent).not.toContain('C1.01');
    expect(sent).not.toContain('Ze groet iedereen bij naam.');
    await look(page);
  });

  await test.step('two more teachers', async () => {
    await byRequests(await newVisitor(), links.teacher2);
    await byClicksOfAScript(await newVisitor(phone), links.teacher3);
  });

  await test.step('the round is closed and the report released', async () => {
    await page.goto(round);
    await expect(page.locator('.people .rater-state', { hasText: 'verzonden' })).toHaveCount(5);
    await page.getByRole('link', { name: 'Sluit deze meting' }).click();
    await expect(page.getByText('5 van 5 formulieren zijn verzonden.')).toBeVisible();
    await look(page);
    await page.getByRole('button', { name: 'Sluit de meting' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meting T0 is gesloten');
    await expect(page.getByText('Het rapport is nog niet vrijgegeven.')).toBeVisible();
    await look(page);
    await page.getByRole('link', { name: 'Geef dit rapport vrij' }).click();
    await expect(page.getByText("1 rapport gaat open voor de IB'er en de directeur.")).toBeVisible();
    await look(page);
    await page.getByRole('button', { name: 'Geef vrij' }).click();
    await expect(page.getByText('Rapport vrijgegeven op')).toBeVisible();
    await look(page);
  });

  const signIn = await test.step('sign-in links, and somebody of another school', async () => {
    await page.goto(`${cohort}/schools/new`);
    await fillSchool(page, { school: 'Basisschool De Wilg', ib: 'Vera Vreemd', director: null, teachers: '' });
    const own = await signInLinks(page, cohort, 'Basisschool De Klimop');
    const other = await signInLinks(page, cohort, 'Basisschool De Wilg');
    return { ib: own[names.ib] ?? '', director: own[names.director] ?? '', stranger: other['Vera Vreemd'] ?? '' };
  });

  const report = await test.step('the IB’er reads the report', async () => {
    const reader = await signedIn(await newVisitor(), signIn.ib);
    await look(reader);
    await reader.getByRole('link', { name: /De Klimop, meting T0/ }).click();
    await expect(reader).toHaveURL(/\/reports\/[\w-]+$/);
    await expect(reader.locator('[data-figure=triptych]')).toBeVisible();
    await hydrated(reader);
    await expectFigures(reader);
    await look(reader);
    const downloaded = reader.waitForEvent('download');
    await reader.getByRole('link', { name: 'Samenvatting op één blad' }).click();
    expect((await downloaded).suggestedFilename()).toBe('drieluik-basisschool-de-klimop-t0-samenvatting.pdf');
    await expect(reader.getByText('Het bestand is klaar.')).toBeVisible();
    return reader.url();
  });

  await test.step('the director reads the same figures on a phone', async () => {
    const reader = await signedIn(await newVisitor(phone), signIn.director);
    await reader.goto(report);
    await expect(reader.locator('[data-figure]'), 'no figure before the director has confirmed').toHaveCount(0);
    await look(reader);
    await confirmReport(reader);
    await hydrated(reader);
    await expectFigures(reader);
    await expectAccessible(reader);
  });

  await test.step('a stranger finds no such page', async () => {
    faults.allow(/status of 404/);
    const stranger = await signedIn(await newVisitor(), signIn.stranger);
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Nu geen rapport');
    await look(stranger);
    expect((await stranger.goto(report))?.status()).toBe(404);
    await expect(stranger.locator('[data-figure]')).toHaveCount(0);
    await look(stranger);
    const data = await (await stranger.request.get(`${report}/__data.json`)).text();
    expect(data).toContain('"status":404');
    expect(data).not.toContain('triptych');
  });
});
