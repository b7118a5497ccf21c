import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as cohort from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/+page.server.ts';
import * as newPulse from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/pulse/+page.server.ts';
import * as aspects from '../../src/routes/(trainer)/rounds/[round]/aspects/+page.server.ts';
import * as open from '../../src/routes/(trainer)/rounds/[round]/open/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';
import { visitRound } from '../support/round-page.ts';

let app: App;
let own: make.TestCohort;
let list: string;

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, own);
  list = (await instruments.find(app.db, 'ib-180', '1.0.0'))?.id ?? '';
});

function formOf(fields: Record<string, string>, codes: readonly string[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const code of codes) form.append('aspect', code);
  return form;
}

const ofCohort = (fields: Record<string, string> = {}, codes: readonly string[] = []) => ({
  ...{ app, actor: own.trainer, params: { cohort: own.id }, form: formOf(fields, codes) },
});
const ofRound = (id: string, codes: readonly string[] = [], version = '1') => ({
  ...{ app, actor: own.trainer, params: { round: id }, form: formOf({ version, beside: 'yes' }, codes) },
});
const plan = (codes: readonly string[], fields = {}) =>
  send(newPulse.actions, 'default', ofCohort({ name: 'K1', list, ...fields }, codes));

async function planned(codes: readonly string[]): Promise<string> {
  await plan(codes);
  return (await rounds.list(app.db, own.id)).at(-1)?.id ?? '';
}

describe('a new pulse', () => {
  it('is offered once a whole round has opened', async () => {
    expect(await visit(cohort.load, ofCohort())).toMatchObject({ data: { mayPulse: false } });
    expect(await visit(newPulse.load, ofCohort())).toMatchObject({ status: 409, shown: { code: 'pulse_too_early' } });
    await make.openRound(app.db, own);
    expect(await visit(cohort.load, ofCohort())).toMatchObject({ data: { mayPulse: true, nextName: 'T1' } });
    expect(await visit(newPulse.load, ofCohort())).toMatchObject({
      data: {
        nextName: 'K1',
        from: { round: 'T0' },
        list: [{ code: 'C1' }, { code: 'C2' }, { code: 'C3' }, { code: 'C4' }],
      },
    });
  });

  it('is planned with what was ticked, and its round says how much that is', async () => {
    await make.openRound(app.db, own);
    const elsewhere = await plan(['C1.01', 'C4.02'], { list: 'another' });
    expect(elsewhere).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile' } });
    expect(await plan(['C1.01', 'C4.02'])).toMatchObject({ to: expect.stringMatching(/^\/rounds\/.+done=saved/) });
    const [, { id = '' } = {}] = await rounds.list(app.db, own.id);
    const size = { count: 2, total: 93 };
    expect(await visitRound(ofRound(id))).toMatchObject({ data: { size } });
    expect(await visit(open.load, ofRound(id))).toMatchObject({ data: { size } });
  });

  it('keeps what was ticked when something is wrong', async () => {
    await make.openRound(app.db, own);
    expect(await plan([])).toMatchObject({
      status: 400,
      shown: { errors: { aspects: 'Kies minstens één stelling.' } },
    });
    const nameless = await plan(['C1.01'], { name: ' ' });
    expect(nameless).toMatchObject({
      status: 400,
      shown: { aspects: ['C1.01'], errors: { name: expect.any(String) } },
    });
    const unknown = await plan(['C1.01', 'C9.99']);
    expect(unknown).toMatchObject({ status: 400, shown: { code: 'pulse_aspects_wrong', aspects: ['C1.01', 'C9.99'] } });
    expect(await plan(['<script>'])).toMatchObject({ status: 400, shown: { aspects: [] } });
    expect(await rounds.list(app.db, own.id)).toHaveLength(1);
  });
});

describe('opening a pulse beside a round that runs', () => {
  it('is said on the page, and waits for a tick', async () => {
    await make.openRound(app.db, own);
    expect(await visit(newPulse.load, ofCohort())).toMatchObject({ data: { open: 'T0' } });
    const id = await planned(['C1.01']);
    expect(await visit(open.load, ofRound(id))).toMatchObject({ data: { beside: [{ name: 'T0', people: 5 }] } });
    const untold = { ...ofRound(id), form: { version: '1' } };
    expect(await send(open.actions, 'default', untold)).toMatchObject({
      status: 400,
      shown: { message: expect.stringContaining('Er loopt al een meting in dit cohort.') },
    });
    expect(await send(open.actions, 'default', ofRound(id))).toMatchObject({ to: expect.stringContaining('opened') });
  });

  it('is not called by the name of a whole round', async () => {
    await make.openRound(app.db, own);
    const named = send(newPulse.actions, 'default', ofCohort({ name: 'T9', list }, ['C1.01']));
    const shown = { errors: { name: expect.stringContaining('K1') }, aspects: ['C1.01'] };
    expect(await named).toMatchObject({ status: 400, shown });
  });
});

describe('the aspects of a pulse', () => {
  it('can be chosen anew until it opens, and are told ever after', async () => {
    await make.openRound(app.db, own);
    const id = await planned(['C1.01']);
    expect(await send(aspects.actions, 'default', ofRound(id, []))).toMatchObject({ status: 400 });
    expect(await send(aspects.actions, 'default', ofRound(id, ['C2.01', 'C2.02']))).toMatchObject({
      to: expect.stringContaining('done=saved'),
    });
    const stale = await send(aspects.actions, 'default', ofRound(id, ['C1.01']));
    expect(stale).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile', aspects: ['C1.01'] } });
    expect(await send(open.actions, 'default', ofRound(id))).toMatchObject({ status: 409 });
    expect(await send(open.actions, 'default', ofRound(id, [], '2'))).toMatchObject({
      to: expect.stringContaining('done=opened'),
    });
    const page = await visit(aspects.load, ofRound(id));
    expect(page).toMatchObject({ data: { asked: ['C2.01', 'C2.02'], total: 93, list: [{ code: 'C2' }] } });
    const late = await send(aspects.actions, 'default', ofRound(id, ['C1.01']));
    expect(late).toMatchObject({ status: 409, shown: { code: 'round_opened' } });
  });

  it('are none of a whole round, and of no other cohort', async () => {
    const whole = await make.openRound(app.db, own);
    expect(await visit(aspects.load, ofRound(whole.id))).toMatchObject({ status: 404 });
    const other = await make.makeCohort(app.db, { secret: app.config.secret });
    await make.addSeries(app.db, other);
    await make.openRound(app.db, other);
    const theirs = await make.planRound(app.db, other, { name: 'K1', aspects: ['C1.01'] });
    expect(await visit(aspects.load, ofRound(theirs))).toMatchObject({ status: 404 });
    expect(await send(aspects.actions, 'default', ofRound(theirs, ['C1.02']))).toMatchObject({ status: 404 });
    const elsewhere = { ...ofCohort({ name: 'K1' }, ['C1.01']), params: { cohort: other.id } };
    expect(await send(newPulse.actions, 'default', elsewhere)).toMatchObject({ status: 404 });
  });
});
