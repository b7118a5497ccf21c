import type { Db } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import * as demo from '#lib/server/demo/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import { expect, hydrated, test as base } from '../support/browser.ts';
import { demoTrainer, OPERATOR } from '../support/demo.ts';
import { pdfPages } from '../support/read-files.ts';
import type { RunningServer } from '../support/server.ts';
import { startServer } from '../support/server.ts';
import { look } from './look.ts';

/** The demonstration's report with the most remarks. */
const FULLEST = { school: 'De Klimop, Veldhage', round: 'T2' };

/** Headings that lead to something, so that none of them may end a page. */
const HEADINGS = ['Waar komt het verschil vandaan?', 'Aspect voor aspect', 'Vier soorten gesprek', 'Korte lijsten'];

/** With the demonstration on a server of its own: the way in of the fullest report's IB'er, and the report's address. */
const test = base.extend<object, { server: RunningServer; fullest: { link: string; report: string } }>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  fullest: [
    async ({ server }, use) => {
      const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
      const { db, close } = await openDatabase({ file: config.databaseFile });
      await demo.load(db, OPERATOR, { secret: config.secret, publicUrl: server.url });
      const trainer = await demoTrainer(db);
      const { reportId, seriesId, memberId } = await find(db);
      const settings = { auth: createAuth(db, config), secret: config.secret, publicUrl: config.publicUrl };
      const link = await participants.memberSignInLink(
        db,
        trainer,
        { ...settings, hasMail: false },
        seriesId,
        memberId,
      );
      await close();
      await use({ link, report: `${server.url}/reports/${reportId}` });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.beforeEach(({}, { project }) => test.skip(project.name === 'phone', 'paper is as wide everywhere'));

test('the page of the demonstration’s fullest report fits its screen, and prints on ten pages, light, without what opens', async ({
  page,
  fullest,
}) => {
  await page.goto(fullest.link);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);
  await page.goto(fullest.report);
  await hydrated(page);
  await look(page);
  expect(await page.locator('.remarks .asplist li').count()).toBeGreaterThan(30);
  const onPaper = page.getByText('De hele lijst staat in de PDF');
  await expect(onPaper).toBeHidden();
  await page.locator('.competency .more > summary').first().click();

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(onPaper).toBeVisible();
  await expect(page.locator('tr[data-aspect]').filter({ visible: true })).toHaveCount(40);
  for (const gone of ['nav', '.gapfilter', '.downloads', '.more', '.how', 'footer', '.private']) {
    await expect(page.locator(gone).filter({ visible: true }), gone).toHaveCount(0);
  }
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(page.locator('h1')).toHaveCSS('color', 'rgb(28, 39, 48)');
  await expect(page.locator('.remarks .asplist').first()).toHaveCSS('column-count', '2');

  const pages = await pdfPages(new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true })));
  expect(pages.length).toBeLessThanOrEqual(10);
  for (const text of pages) {
    expect(HEADINGS.find((heading) => text.replace(/ ?Drieluik · .*$/, '').endsWith(heading))).toBeUndefined();
  }
});

function find(db: Db): Promise<{ reportId: string; seriesId: string; memberId: string }> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('team_member', 'team_member.series_id', 'series.id')
    .where('school.name', '=', FULLEST.school)
    .where('round.name', '=', FULLEST.round)
    .where('team_member.role', '=', 'ib')
    .select(['school_round.id as reportId', 'series.id as seriesId', 'team_member.id as memberId'])
    .executeTakeFirstOrThrow();
}
