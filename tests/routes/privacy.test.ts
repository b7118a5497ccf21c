import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { contact as contactOf, versionOf } from '#lib/server/privacy/service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as admin from '../../src/routes/(admin)/admin/privacy/+page.server.ts';
import * as told from '../../src/routes/(public)/privacy/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

const contact = {
  ...{ controller: 'Stichting De Brug', controllerEmail: 'bestuur@debrug.example' },
  ...{ officer: 'A. de Wit', officerEmail: 'fg@debrug.example' },
};
const nobody = { controller: null, controllerEmail: null, officer: null, officerEmail: null };

let app: App;
let actor: UserActor;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
});

const read = () => visit(told.load, { app, actor: null });
/** From a page that was opened just now, or from one that was opened before. */
const save = async (typed: Record<string, string>, version?: string) => {
  const form = { ...typed, version: version ?? (await versionNow()) };
  return send(admin.actions, 'default', { app, actor, form });
};
const versionNow = async () => versionOf(await contactOf(app.db));

describe('how long things stay, as the privacy page says', () => {
  const now = new Date();
  const choose = async (unit: retention.Unit, policy: Partial<retention.Policy>) =>
    retention.change(app.db, actor, unit.id, retention.versionOf(unit.policy), { ...unit.policy, ...policy }, now);

  it('is the usual term as long as there is nothing, and how long a copy by schedule lasts', async () => {
    const terms = { fewest: 12, most: 12, postponedUntil: null };
    expect(await read()).toMatchObject({ data: { terms, copyDays: 186 } });
    app = { ...app, config: { ...app.config, backupsKept: null } };
    expect(await read()).toMatchObject({ data: { copyDays: null } });
  });

  it('is what was chosen, over all programmes, and the last day until which anything is postponed', async () => {
    for (const name of ['Een', 'Twee', 'Drie']) {
      const programme = { programme: name, partnership: 'De Brug' };
      await cohorts.create(app.db, actor, { name, ...programme, trainerSeesSchools: false });
    }
    const [one, two, three] = await retention.list(app.db, actor, now);
    if (!one || !two || !three) throw new Error('there are three programmes');
    await choose(one, { months: 6 });
    await choose(two, { months: 24, postponedUntil: '2098-01-01' });
    // Postponed to a day on which it would not be due anyhow.
    await choose(three, { endsOn: '2099-12-31', postponedUntil: '2099-06-01' });
    expect(await read()).toMatchObject({ data: { terms: { fewest: 6, most: 24, postponedUntil: '2098-01-01' } } });
  });

  it('leaves out what is gone already', async () => {
    await make.makeCohort(app.db);
    const [gone] = await retention.list(app.db, actor, now);
    if (!gone) throw new Error('there is a programme');
    await choose(gone, { months: 60 });
    await app.db
      .insertInto('retention_cohort')
      .values({
        cohort_id: gone.cohorts[0]?.id ?? '',
        announced_on: null,
        announced_for: null,
        cleared_on: '2099-01-01',
      })
      .execute();
    expect(await read()).toMatchObject({ data: { terms: { fewest: 12, most: 12 } } });
  });
});

describe('whom the privacy page names', () => {
  it('is nobody until an administrator says so, and the administrator is told', async () => {
    expect(await read()).toMatchObject({ data: { contact: nobody } });
    expect(await visit(admin.load, { app, actor })).toEqual({
      data: { contact: nobody, version: await versionNow(), isIncomplete: true },
    });
  });

  it('is what the administrator filled in, for everybody, and is changed as a whole', async () => {
    expect(await save({ ...contact, controller: '  Stichting De Brug ' })).toEqual({ to: '/admin/privacy?done=saved' });
    expect(await read()).toMatchObject({ data: { contact } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { isIncomplete: false } });
    expect(await save({ ...contact, officer: '', officerEmail: ' ' })).toHaveProperty('to');
    expect(await read()).toMatchObject({ data: { contact: { ...contact, officer: null, officerEmail: null } } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { isIncomplete: true } });
  });

  it('is not changed from a page that was opened before it changed; what was typed stays', async () => {
    const before = await versionNow();
    await save(contact, before);
    const typed = { ...contact, officer: 'B. Bos' };
    expect(await save(typed, before)).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: typed },
    });
    expect(await read()).toMatchObject({ data: { contact } });
    expect(await save(typed)).toHaveProperty('to');
  });

  it('is logged as changed, without what it says', async () => {
    await save(contact);
    const lines = await app.db.selectFrom('audit_event').selectAll().execute();
    const line = lines.find(({ action }) => action === 'privacy.contact_changed');
    expect(line).toMatchObject({ actor_user_id: actor.userId, detail: '{}' });
  });

  it('has addresses that are addresses; what was typed comes back with the fault at its field', async () => {
    const typed = { ...contact, officerEmail: 'bij de balie' };
    expect(await save(typed)).toMatchObject({
      status: 400,
      shown: { values: typed, errors: { officerEmail: expect.stringContaining('e-mailadres') } },
    });
    expect(await save({ ...contact, controller: 'x'.repeat(201) })).toMatchObject({
      status: 400,
      shown: { errors: { controller: expect.any(String) } },
    });
    expect(await read()).toMatchObject({ data: { contact: nobody } });
  });

  it('is changed by an administrator only', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await send(admin.actions, 'default', { app, actor: trainer, form: contact })).toMatchObject({ status: 404 });
    expect(await read()).toMatchObject({ data: { contact: nobody } });
  });
});
