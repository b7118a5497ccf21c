import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as page from '../../src/routes/(trainer)/cohorts/[cohort]/schools/import/+page.server.ts';
import * as template from '../../src/routes/(trainer)/cohorts/[cohort]/schools/template/[file]/+server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let own: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  other = await make.makeCohort(app.db, { secret: app.config.secret });
});

const GOOD = 'school\trol\tnaam\te-mail\nDe Wingerd\tib\tSanne Bakker\tsanne@school.example';
const BAD = `${GOOD}\nDe Linde\tconciërge\tKees\tkees@school.example`;

function as(cohort: make.TestCohort, fields: Record<string, string | File> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return { app, actor: own.trainer, params: { cohort: cohort.id, file: 'example.csv' }, form };
}
const schools = async () => (await cohorts.listSeries(app.db, own.id)).map(({ schoolName }) => schoolName);

describe('the page for a list of schools', () => {
  it('shows first what would be added, and stores nothing', async () => {
    const outcome = await send(page.actions, 'preview', as(own, { text: GOOD }));
    expect(outcome).toMatchObject({ data: { text: GOOD, plan: { counts: { schools: 1, teams: 1, people: 1 } } } });
    expect(await schools()).toEqual([]);
  });

  it('names what is wrong with its place, in the reader’s language, and keeps the text', async () => {
    for (const action of ['preview', 'add']) {
      const outcome = await send(page.actions, action, as(own, { text: BAD.replaceAll('\n', '\r\n') }));
      expect(outcome).toEqual({
        status: 400,
        shown: {
          text: BAD,
          isGuessed: false,
          refusal: {
            total: 1,
            faults: [
              {
                ...{ line: 3, column: 10, heading: 'rol', text: expect.stringContaining('‘conciërge’') },
                row: 'De Linde\tconciërge\tKees\tkees@school.example',
              },
            ],
          },
        },
      });
    }
    expect(await schools()).toEqual([]);
  });

  it('adds what was looked at; once more adds nothing', async () => {
    expect(await send(page.actions, 'add', as(own, { text: GOOD }))).toMatchObject({
      data: { added: { counts: { teams: 1 } } },
    });
    expect(await schools()).toEqual(['De Wingerd']);
    expect(await send(page.actions, 'add', as(own, { text: GOOD }))).toMatchObject({
      data: { added: { counts: { teams: 0, people: 0, unchanged: 1 } } },
    });
  });

  it('takes an uploaded file before the text, and gives its text back to be mended', async () => {
    const file = new File([`\ufeff${BAD}`], 'teams.csv');
    const outcome = await send(page.actions, 'preview', as(own, { text: 'iets anders', file }));
    expect(outcome).toMatchObject({ status: 400, shown: { text: BAD, refusal: { total: 1 } } });
    const empty = new File([], '');
    expect(await send(page.actions, 'preview', as(own, { text: GOOD, file: empty }))).toMatchObject({
      data: { text: GOOD },
    });
  });

  it('reads what Excel on Windows saves as CSV, and says that its letters are a guess', async () => {
    const name = GOOD.replace('Sanne', 'Zoë');
    const file = new File([Uint8Array.from(name, (letter) => letter.charCodeAt(0))], 'teams.csv');
    const outcome = await send(page.actions, 'preview', as(own, { text: '', file }));
    expect(outcome).toMatchObject({ data: { text: name, isGuessed: true, plan: { counts: { people: 1 } } } });
  });

  it('says of a file that is no text how to save it, and keeps what was pasted', async () => {
    const file = new File([Uint8Array.from([0x63, 0x61, 0x66, 0x81])], 'teams.csv');
    const outcome = await send(page.actions, 'preview', as(own, { text: GOOD, file }));
    expect(outcome).toMatchObject({
      status: 400,
      shown: { text: GOOD, refusal: { faults: [{ text: expect.stringContaining('CSV UTF-8') }] } },
    });
  });

  it('lists fifty faults at most and counts them all', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `School ${index}\tzzz\tKees\tkees@school.example`);
    const outcome = await send(page.actions, 'preview', as(own, { text: [GOOD, ...rows].join('\n') }));
    const { refusal } = (outcome as { shown: { refusal: { faults: object[]; total: number } } }).shown;
    expect([refusal.faults.length, refusal.total]).toEqual([50, 60]);
  });

  it('is not there for another trainer’s cohort', async () => {
    expect(await visit(page.load, as(other))).toMatchObject({ status: 404 });
    expect(await send(page.actions, 'preview', as(other, { text: GOOD }))).toMatchObject({ status: 404 });
    expect(await send(page.actions, 'add', as(other, { text: GOOD }))).toMatchObject({ status: 404 });
    expect(await visit(template.GET, as(other))).toMatchObject({ status: 404 });
  });
});

describe('the templates', () => {
  it('are files to download; others are not there', async () => {
    const outcome = (await visit(template.GET, as(own))) as { data: Response };
    expect(outcome.data.headers.get('content-disposition')).toBe('attachment; filename="drieluik-teams.csv"');
    expect(await outcome.data.text()).toContain("school;brin;rol;naam;e-mail;ib'er");
    const { params, ...rest } = as(own);
    expect(await visit(template.GET, { ...rest, params: { ...params, file: 'passwd' } })).toMatchObject({
      status: 404,
    });
  });
});
