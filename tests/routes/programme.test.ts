import { beforeEach, describe, expect, it } from 'vitest';
import type { ProgrammePage } from '#lib/components/programme/programme-page.ts';
import { STAFF } from '#lib/demo/people.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import { actions, load } from '../../src/routes/(steering)/programmes/[programme]/+page.server.ts';
import Programme from '../../src/routes/(steering)/programmes/[programme]/+page.svelte';
import { load as list } from '../../src/routes/(steering)/programmes/+page.server.ts';
import * as removing from '../../src/routes/(steering)/programmes/[programme]/notes/[note]/remove/+page.server.ts';
import * as changing from '../../src/routes/(steering)/programmes/[programme]/notes/[note]/+page.server.ts';
import { testApp } from '../support/database.ts';
import { demoTrainer, loadDemo } from '../support/demo.ts';
import * as make from '../support/factories.ts';
import { asSent } from '../support/page-body.ts';
import { send, visit } from '../support/page-event.ts';
import { render } from '../support/rendered.ts';

type Page = { page: ProgrammePage };
const opened = async (actor: UserActor) => ((await visit(load, { app, actor, params })) as { data: Page }).data.page;

let app: App;
let steering: UserActor;
let params: { programme: string };
beforeEach(async () => {
  app = await testApp();
  await loadDemo(app.db);
  const user = app.db.selectFrom('user').selectAll().where('email', '=', STAFF.steering.email);
  steering = await accounts.actorOf(app.db, await user.executeTakeFirstOrThrow());
  params = { programme: steering.programmeIds[0] ?? '' };
}, 60_000);

describe('the page of a programme', () => {
  it('opens with what changed in the cohort that is furthest, and has each cohort by itself', async () => {
    const page = await opened(steering);
    expect(page.title).toMatch(/^Rivierenrand \(voorbeeld\): Bij .* meer dan bij de start\.$/);
    expect(page.cohorts.map(({ name }) => name)).toEqual(['Rivierenrand (voorbeeld)', 'Kuststreek (voorbeeld)']);
    expect(page.withheld).toMatchObject([{ reason: 'too_few_schools' }]);
  });

  it('offers to be presented once there is something to present', async () => {
    const shown = async (page: ProgrammePage) => {
      const loaded = (await visit(load, { app, actor: steering, params })) as { data: object };
      return render(Programme, asSent({ data: { ...loaded.data, page } })).body;
    };
    const page = await opened(steering);
    expect(await shown(page)).toContain('>Presenteer<');
    const none = { ...page, cohorts: [], ambitions: [] };
    expect(await shown(none)).not.toContain('Presenteer');
  });

  it('holds no figure with more than one decimal, no school and no person', async () => {
    const page = await opened(steering);
    const text = JSON.stringify(page.cohorts, (key, value: unknown) => (key === 'share' ? undefined : value));
    expect(text).not.toMatch(/\d[.,]\d\d/);
    const schools = await app.db.selectFrom('school').select('name').execute();
    const people = await app.db.selectFrom('person').select('name').execute();
    for (const { name } of [...schools, ...people]) expect(text).not.toContain(name);
    expect(text).not.toMatch(/effect/i);
  });

  it('says by year what was planned and what came of it, and of fewer than five people nothing', async () => {
    const page = await opened(steering);
    const [large] = page.cohorts;
    expect(large?.doing?.lines.map(({ year }) => year)).toEqual(['Jaar 1', 'Jaar 2', 'Jaar 3']);
    expect(large?.doing?.lines[0]).toMatchObject({
      sessions: '8 van de 8',
      there: { text: expect.stringMatching(/^\d+%/) },
    });
    expect(large?.doing?.caption).toMatch(/^Tot nu toe zijn \d+ van de 24 geplande bijeenkomsten gehouden\.$/);
    await app.db.deleteFrom('attendance').execute();
    const [without] = (await opened(steering)).cohorts;
    expect(without?.doing?.lines[0]?.there).toEqual({ text: 'niet ingevuld', withheld: 'nobody_filled_in' });
  });

  it('tells trainers of their own cohorts only, and that there are others', async () => {
    const trainer = await demoTrainer(app.db);
    const cohort = app.db.selectFrom('cohort').select('id').where('name', 'like', 'Kuststreek%');
    const half = { ...trainer, cohortIds: [(await cohort.executeTakeFirstOrThrow()).id] };
    const page = await opened(half);
    expect(page.cohorts.map(({ name }) => name)).toEqual(['Kuststreek (voorbeeld)']);
    expect(page.withheld).toEqual([]);
    expect(page.others).toContain('2');
    expect(await visit(list, { app, actor: half })).toMatchObject({
      data: { programmes: [{ id: params.programme, cohorts: [{ name: 'Kuststreek (voorbeeld)' }] }] },
    });
  });

  it('is not there for anybody else', async () => {
    const stranger = await make.makeTrainer(app.db);
    expect(await visit(load, { app, actor: stranger, params })).toMatchObject({ status: 404 });
    const elsewhere = { ...steering, programmeIds: ['another'] };
    expect(await visit(load, { app, actor: elsewhere, params })).toMatchObject({ status: 404 });
  });
});

describe('a note of the steering group', () => {
  it('is added on the page, changed and removed on its own, and an empty one is told at its field', async () => {
    const at = (more: object = {}) => ({ app, actor: steering, params: { ...params, ...more } });
    const form = { kind: 'decision', text: 'We gaan door.' };
    expect(await send(actions, 'note', { ...at(), form: { ...form, text: '  ' } })).toMatchObject({
      ...{ status: 400, shown: { errors: { text: expect.any(String) }, values: { kind: 'decision' } } },
    });
    const to = `/programmes/${params.programme}`;
    expect(await send(actions, 'note', { ...at(), form })).toEqual({ to: `${to}?done=added#notes` });
    const { data } = (await visit(load, at())) as { data: { notes: { id: string; kind: string; isOwn: boolean }[] } };
    expect(data.notes).toMatchObject([{ kind: 'Besluit', text: 'We gaan door.', isOwn: true }]);
    const note = data.notes[0]?.id ?? '';
    const changed = { kind: 'comment', text: 'Toch niet.', version: '1' };
    expect(await send(changing.actions, 'default', { ...at({ note }), form: changed })).toEqual({
      to: `${to}?done=saved#notes`,
    });
    expect(await send(changing.actions, 'default', { ...at({ note }), form: changed })).toMatchObject({ status: 409 });
    const trainer = await demoTrainer(app.db);
    expect(await visit(removing.load, { ...at({ note }), actor: trainer })).toMatchObject({ status: 404 });
    expect(await send(actions, 'note', { ...at(), actor: trainer, form })).toMatchObject({ status: 404 });
    expect(await send(removing.actions, 'default', { ...at({ note }), form: { version: '2' } })).toEqual({
      to: `${to}?done=removed#notes`,
    });
  });
});
