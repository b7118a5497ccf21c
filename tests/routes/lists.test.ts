import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as imports from '../../src/routes/(admin)/admin/lists/import/+page.server.ts';
import * as aspectPage from '../../src/routes/(admin)/admin/lists/[list]/aspects/[aspect]/+page.server.ts';
import * as listPage from '../../src/routes/(admin)/admin/lists/[list]/+page.server.ts';
import * as publish from '../../src/routes/(admin)/admin/lists/[list]/publish/+page.server.ts';
import * as plan from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/+page.server.ts';
import * as preview from '../../src/routes/(lists)/(form)/lists/[list]/preview/[role]/[page]/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

/** The lists that come with the product. */
const SHIPPED = ['ib-180', 'samenwerken-met-ouders', 'samenwerken-onder-spanning'];

let app: App;
let admin: UserActor;
beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
});

const HEADING = 'competency,competency_title,cluster,cluster_title,code,text_other,text_self';
const row = (code: string, n: number) =>
  `${code},Titel ${code},${code}1,Begin,${code}.${n},De IB’er doet ${n}.,Ik doe ${n}.`;
const LARGE = [HEADING, ...['A', 'B', 'C'].flatMap((code) => Array.from({ length: 100 }, (_, n) => row(code, n)))];
const named = { key: 'groot', version: '1', title_nl: 'Groot', title_en: '' };

const all = async () => (await instruments.list(app.db)).map(({ key }) => key);
const importing = (text: string) => ({ app, actor: admin, form: { ...named, text } });

async function importedId(text: string): Promise<string> {
  await send(imports.actions, 'add', importing(text));
  return (await instruments.find(app.db, 'groot', '1'))?.id ?? '';
}

describe('importing a list', () => {
  it('shows first what is in it, and stores nothing', async () => {
    expect(await send(imports.actions, 'preview', importing(LARGE.join('\n')))).toMatchObject({
      data: { plan: { competencies: [{ code: 'A', aspects: 100 }, { code: 'B' }, { code: 'C' }] } },
    });
    expect(await all()).toEqual(SHIPPED);
  });

  it('names each fault with its place, keeps what was typed, and stores nothing of it', async () => {
    const text = [...LARGE.slice(0, 200), 'A,Titel A,A1,Begin,A.999,,Ik.', ...LARGE.slice(200)].join('\n');
    for (const action of ['preview', 'add']) {
      expect(await send(imports.actions, action, importing(text))).toMatchObject({
        status: 400,
        shown: {
          values: { ...named, text },
          refusal: { total: 1, faults: [{ line: 201, heading: 'text_other', column: 26 }] },
        },
      });
    }
    expect(await all()).toEqual(SHIPPED);
  });

  it('says of a workbook and of nothing what to do', async () => {
    const refusalOf = async (file: File | null) => {
      const form = new FormData();
      form.set('text', '');
      if (file) form.set('file', file);
      const outcome = await send(imports.actions, 'preview', { app, actor: admin, form });
      return (outcome as { shown: { refusal: { faults: { text: string }[] } } }).shown.refusal.faults[0]?.text;
    };
    const workbook = new File([Uint8Array.of(0x50, 0x4b, 3, 4, 0)], 'lijst.xlsx');
    expect(await refusalOf(workbook)).toContain('Bewaar het blad in Excel als ‘CSV UTF-8’');
    for (const nothing of [null, new File([], 'lijst.csv'), new File([' \n'], 'lijst.csv')]) {
      expect(await refusalOf(nothing)).toContain('kies een bestand waar iets in staat');
    }
  });

  it('reads JSON by its first sign, and says where it is broken', async () => {
    expect(await send(imports.actions, 'preview', importing('{\n  "key": 1,\n}'))).toMatchObject({
      status: 400,
      shown: { refusal: { faults: [{ line: 3, heading: null }] } },
    });
  });

  it('takes 300 aspects, asks them, and reports in their competencies', async () => {
    const { db } = app;
    const id = await importedId(LARGE.join('\n'));
    await drafts.publish(db, admin, id, 1);
    const cohort = await make.makeCohort(db, { secret: app.config.secret, trainerSeesSchools: true });
    await make.addSeries(db, cohort);
    const round = await make.openRound(db, cohort, { instrumentVersionId: id });
    for (const person of round.invited) await make.fillAndSubmit(db, person);
    await rounds.close(db, cohort.trainer, round.id);
    const [school] = await rounds.progress(db, cohort.trainer, round.id);
    await rounds.release(db, cohort.trainer, round.id, [school?.schoolRoundId ?? '']);
    const report = await reports.get(db, cohort.trainer, school?.schoolRoundId ?? '');
    expect(report.figures.aspects).toHaveLength(300);
    expect(report.figures.competencies.map(({ code, views }) => [code, views.ib.score])).toEqual([
      ['A', 3],
      ['B', 3],
      ['C', 3],
    ]);
  }, 60_000);
});

describe('an aspect’s page', () => {
  it('stores what was typed and goes back to the aspect; two at once are told apart', async () => {
    const list = await importedId(LARGE.join('\n'));
    const form = new FormData();
    const fields = {
      revision: '1',
      code: 'A.0',
      other_nl: 'De IB’er luistert.',
      self_nl: 'Ik luister.',
      cluster: 'B1',
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.append('roles', 'ib');
    const asked = { app, actor: admin, params: { list, aspect: 'A.0' }, form };
    expect(await send(aspectPage.actions, 'default', asked)).toEqual({
      to: `/admin/lists/${list}/competencies/B?done=saved#aspect-A.0`,
    });
    expect(await send(aspectPage.actions, 'default', asked)).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: { other_nl: 'De IB’er luistert.' } },
    });
  });

  it('says at each field what is missing', async () => {
    const list = await importedId(LARGE.join('\n'));
    const form = { revision: '1', code: 'A 0', other_nl: '', self_nl: 'Ik', explain_en: 'Because.' };
    const asked = { app, actor: admin, params: { list, aspect: 'A.0' }, form };
    expect(await send(aspectPage.actions, 'default', asked)).toMatchObject({
      status: 400,
      shown: { errors: { code: expect.any(String), other_nl: expect.any(String), roles: expect.any(String) } },
    });
  });
});

describe('the page of a version', () => {
  it('says what of a new version stays comparable with the one before', async () => {
    const from = (await instruments.find(app.db, 'ib-180', '1.0.0'))?.id ?? '';
    const name = { key: 'ib-180', version: '1.1.0', title: { nl: 'Nieuw' } };
    const list = await drafts.make(app.db, admin, name, from);
    await drafts.removePart(app.db, admin, list, 1, { kind: 'aspect', id: 'C1.01' });
    const { data } = (await visit(listPage.load, { app, actor: admin, params: { list } })) as {
      data: { compared: { same: number; version: string } };
    };
    const dropped = [{ code: 'C1.01' }];
    expect(data.compared).toMatchObject({ version: '1.0.0', same: 92, dropped, reworded: [], added: [] });
    const asked = { app, actor: admin, params: { list } };
    expect(await visit(publish.load, asked)).toMatchObject({ data: { compared: { same: 92, dropped } } });

    await drafts.publish(app.db, admin, list, 2);
    const cohort = await make.makeCohort(app.db, { trainer: admin });
    const planning = { app, actor: cohort.trainer, params: { cohort: cohort.id } };
    const lists = async () => {
      const { data: chosen } = (await visit(plan.load, planning)) as { data: { lists: { key: string }[] } };
      return chosen.lists.filter(({ key }) => key === 'ib-180');
    };
    const beside = { id: list, compared: { same: 92, dropped, version: '1.0.0' } };
    expect(await lists(), 'beside the version it was made from').toMatchObject([{ compared: null }, beside]);
    await make.addSeries(app.db, cohort);
    await make.planRound(app.db, cohort, { instrumentVersionId: list });
    const added = [{ code: 'C1.01' }];
    const former = { id: from, compared: { same: 92, added, dropped: [], version: '1.1.0' } };
    expect(await lists(), 'beside the list that the cohort used').toMatchObject([former, { compared: null }]);
  });
});

describe('a preview', () => {
  it('leads where the form leads, and stores nothing', async () => {
    const list = (await instruments.find(app.db, 'ib-180', '1.0.0'))?.id ?? '';
    const shown = (await visit(preview.load, { app, actor: admin, params: { list, role: 'ib', page: 'C1' } })) as {
      data: { page: { next: string | null; previous: string | null } };
    };
    const { next, previous } = shown.data.page;
    const path = `/lists/${list}/preview/ib`;
    const sent = (go: string) =>
      send(preview.actions, 'default', {
        ...{ app, actor: admin, params: { list, role: 'ib', page: 'C1' } },
        form: { go, 'C1.01': '4' },
      });
    expect(await sent('next')).toEqual({ to: next === null ? `/lists/${list}` : `${path}/${next}` });
    expect(await sent('back')).toEqual({ to: previous === null ? path : `${path}/${previous}` });
    expect(await sent('stop')).toEqual({ to: `/lists/${list}` });
    expect(await app.db.selectFrom('answer').select('score').execute()).toEqual([]);
  });
});
