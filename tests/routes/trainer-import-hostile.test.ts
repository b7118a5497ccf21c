import { zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { workbookOf } from '#lib/server/downloads/service.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import * as page from '../../src/routes/(trainer)/cohorts/[cohort]/schools/import/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send } from '../support/page-event.ts';

/** What somebody hostile uploads as a list of schools: nothing is computed and nothing is stored. */

let app: App;
let cohort: make.TestCohort;
beforeEach(async () => {
  app = await testApp();
  cohort = await make.makeCohort(app.db, { secret: app.config.secret });
});

const HEADER = 'school;rol;naam;e-mail';

async function upload(action: 'preview' | 'add', content: string | Uint8Array, name = 'teams.csv') {
  const form = new FormData();
  form.set('file', new File([typeof content === 'string' ? content : Uint8Array.from(content)], name));
  return send(page.actions, action, { app, actor: cohort.trainer, params: { cohort: cohort.id }, form });
}

describe('a file that is packed', () => {
  const rows = `${HEADER}\nDe Wingerd;ib;Sanne Bakker;sanne@school.example\n`;
  const bomb = () => zipSync({ 'teams.csv': new Uint8Array(20_000_000) }, { level: 9 });

  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ['a workbook', 'teams.xlsx', () => workbookOf([{ name: 'Teams', table: [HEADER.split(';')] }])],
    ['a workbook that is called CSV', 'teams.csv', () => workbookOf([{ name: 'Teams', table: [HEADER.split(';')] }])],
    ['a zip with a good list in it', 'teams.csv', () => zipSync({ 'teams.csv': new TextEncoder().encode(rows) })],
    ['20 MB packed into 20 kB', 'teams.xlsx', bomb],
    ['a list with a zip behind it', 'teams.csv', () => Buffer.concat([Buffer.from(rows), bomb()])],
  ])('is told how to be saved: %s', async (_, name, content) => {
    const bytes = await content();
    for (const action of ['preview', 'add'] as const) {
      expect(await upload(action, bytes, name)).toMatchObject({
        status: 400,
        shown: { refusal: { faults: [{ text: expect.stringContaining('CSV UTF-8') }] } },
      });
    }
    expect(await cohorts.listSeries(app.db, cohort.id)).toEqual([]);
  });
});

describe('a cell that is a formula', () => {
  it('is a name like any other, and does nothing in the spreadsheet that it comes to later', async () => {
    const [school, name] = ['=HYPERLINK("http://evil.example";"klik")', "+cmd|' /C calc'!A0"];
    const quoted = `"${school.replaceAll('"', '""')}"`;
    await upload('add', `${HEADER}\n${quoted};ib;${name};sanne@school.example\n`);
    const [series] = await cohorts.listSeries(app.db, cohort.id);
    expect(series).toMatchObject({ schoolName: school, rateeName: name });
    const person = await accounts.userOfPerson(app.db, cohort.trainer, series?.rateeId ?? '');
    const data = await personalData.own(app.db, await accounts.actorOf(app.db, person), 'nl');
    const cells = personalData.sheetsOf(data, 'nl').flatMap(({ table }) => table.flat());
    expect(cells).toContain(`'${school}`);
    expect(cells).toContain(`'${name}`);
    expect(cells.filter((cell) => typeof cell === 'string' && /^[=+@]/.test(cell))).toEqual([]);
  });
});
