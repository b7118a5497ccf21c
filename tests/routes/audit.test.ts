import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as page from '../../src/routes/(admin)/admin/audit/+page.server.ts';
import * as file from '../../src/routes/(admin)/admin/audit/file/+server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';

let app: App;
let admin: UserActor;
let cohort: make.TestCohort;

beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
  cohort = await make.makeCohort(app.db, { name: 'Rivierenrand' });
});

type Shown = {
  lines: { id: string; who: string; what: string; about: string; details: string; narrowed: string | null }[];
  errors: Record<string, string>;
  older: string | null;
  isNarrowed: boolean;
};
const event = (query: string, actor: UserActor | null) =>
  ({ locals: { app, actor, locale: 'nl' }, url: new URL(`http://localhost:3000/admin/audit?${query}`) }) as never;
const show = async (query = '', actor: UserActor | null = admin) => (await page.load(event(query, actor))) as Shown;

describe('the page of the log', () => {
  it('tells in words who did what', async () => {
    const { lines } = await show(`about=${cohort.id}`);
    expect(lines.map(({ who, what, about }) => `${who} ${what}: ${about}`)).toEqual([
      `${cohort.trainer.name} heeft een cohort gemaakt: Rivierenrand`,
    ]);
    expect(lines[0]?.narrowed).toBe(`?about=${cohort.id}`);
  });

  it('keeps its choice in the address, and takes what is no choice for none', async () => {
    const nonsense = await show('who=x&action=y&about=z&before=q&unknown=1');
    expect(nonsense.isNarrowed).toBe(false);
    expect(nonsense.lines).toEqual((await show()).lines);
  });

  it('names a day that is none at its field, and shows nothing meanwhile', async () => {
    expect(await show('from=2026-02-30')).toMatchObject({ lines: [], errors: { from: 'Dit is geen dag.' } });
    const turned = await show('from=2026-02-02&until=2026-02-01');
    expect(turned).toMatchObject({ lines: [], errors: { until: 'Deze dag ligt vóór de eerste.' } });
  });

  it('is not there for anybody else', async () => {
    for (const actor of [cohort.trainer, null]) {
      await expect(show('', actor)).rejects.toMatchObject({ status: 404 });
      await expect(file.GET(event('', actor))).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe('the file of the log', () => {
  it('is what the page shows, with a byte order mark, and can be kept under a name', async () => {
    const response = await file.GET(event('action=cohort.created', admin));
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="logboek.csv"');
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    expect(text).toMatch(/^\uFEFFmoment;wie;wat;waarover;bijzonderheden;actie;soort;kenmerk\r\n/);
    expect(text).toContain(`;${cohort.trainer.name};heeft een cohort gemaakt;Rivierenrand;;cohort.created;cohort;`);
  });

  it('is refused for days that are none', async () => {
    await expect(file.GET(event('from=gisteren', admin))).rejects.toMatchObject({ status: 400 });
    expect(file.HEAD(event('', admin))).toMatchObject({ status: 405 });
  });
});
