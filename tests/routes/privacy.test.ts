import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { dayOf } from '#lib/server/days.ts';
import { notice as noticeOf, versionOf } from '#lib/server/privacy/service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as overview from '../../src/routes/(admin)/admin/+page.server.ts';
import * as admin from '../../src/routes/(admin)/admin/privacy/+page.server.ts';
import * as page from '../../src/routes/(public)/privacy/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

const contact = {
  ...{ controller: 'Stichting De Brug', controllerEmail: 'bestuur@debrug.example' },
  ...{ officer: 'A. de Wit', officerEmail: 'fg@debrug.example' },
};
const rest = {
  arrangement: 'Elk bestuur voor het eigen personeel:\nDe Brug, De Oever.',
  ...{
    basis: 'legitimate_interest',
    basisReason: 'Goede begeleiding vraagt om terugkoppeling.',
    consentedOn: '2026-10-05',
  },
  ...{ server: 'Hostbedrijf, Nederland', mail: 'Postbedrijf', trainers: 'Bureau Samen' },
};
const told = { ...contact, ...rest };
const nothing = Object.fromEntries([...Object.keys(told), 'changedOn'].map((field) => [field, null]));

let app: App;
let actor: UserActor;

beforeEach(async () => {
  app = await testApp();
  actor = await make.makeTrainer(app.db, { admin: true });
});

const read = () => visit(page.load, { app, actor: null });
/** From a page that was opened just now, or from one that was opened before. */
const save = async (typed: Record<string, string>, version?: string) => {
  const form = { ...typed, version: version ?? (await versionNow()) };
  return send(admin.actions, 'default', { app, actor, form });
};
const versionNow = async () => versionOf(await noticeOf(app.db));

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

describe('what the privacy page says of the board', () => {
  it('is nothing until an administrator fills it in, and the administrator is told what is missing', async () => {
    expect(await read()).toMatchObject({ data: { notice: nothing } });
    const missing = [
      ...['controller', 'controllerEmail', 'officerEmail', 'basis', 'basisReason', 'consentedOn'],
      ...['server', 'mail', 'trainers'],
    ];
    expect(await visit(admin.load, { app, actor })).toEqual({
      data: { notice: nothing, version: await versionNow(), missing },
    });
    expect(await visit(overview.load, { app, actor })).toMatchObject({ data: { isPrivacyIncomplete: true } });
  });

  it('is what the administrator filled in, for everybody, and is changed as a whole', async () => {
    expect(await save({ ...told, controller: '  Stichting De Brug ' })).toEqual({ to: '/admin/privacy?done=saved' });
    const today = dayOf(new Date());
    expect(await read()).toMatchObject({ data: { notice: { ...told, changedOn: today }, today } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { missing: [] } });
    expect(await visit(overview.load, { app, actor })).toMatchObject({ data: { isPrivacyIncomplete: false } });
    expect(await save({ ...told, officer: '', officerEmail: ' ' })).toHaveProperty('to');
    expect(await read()).toMatchObject({ data: { notice: { ...told, officer: null, officerEmail: null } } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { missing: ['officerEmail'] } });
  });

  it('is complete with one board that has no arrangement, and an office that has no name', async () => {
    await save({ ...told, arrangement: '', officer: '' });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { missing: [] } });
  });

  it('keeps the lines of the arrangement, as browsers send them and not longer than a page bears', async () => {
    await save({ ...told, arrangement: 'De Brug\r\nDe Oever\r\n' });
    expect(await read()).toMatchObject({ data: { notice: { arrangement: 'De Brug\nDe Oever' } } });
    expect(await save({ ...told, arrangement: 'x'.repeat(2001) })).toMatchObject({
      status: 400,
      shown: { errors: { arrangement: expect.stringContaining('2000') } },
    });
  });

  it('has one of two legal bases, and a day that is one', async () => {
    expect(await save({ ...told, basis: 'consent' })).toMatchObject({
      status: 400,
      shown: { errors: { basis: expect.any(String) } },
    });
    expect(await save({ ...told, consentedOn: '31-06-2026' })).toMatchObject({
      status: 400,
      shown: { errors: { consentedOn: expect.stringContaining('31-07-2027') } },
    });
    await save({ ...told, basis: 'public_task', consentedOn: '5-10-2026' });
    expect(await read()).toMatchObject({ data: { notice: { basis: 'public_task', consentedOn: '2026-10-05' } } });
  });

  it('is not changed from a page that was opened before it changed; what was typed stays', async () => {
    const before = await versionNow();
    await save(contact, before);
    const typed = { ...contact, officer: 'B. Bos' };
    expect(await save(typed, before)).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: typed },
    });
    expect(await read()).toMatchObject({ data: { notice: contact } });
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
    expect(await read()).toMatchObject({ data: { notice: nothing } });
  });

  it('is changed by an administrator only', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await send(admin.actions, 'default', { app, actor: trainer, form: contact })).toMatchObject({ status: 404 });
    expect(await read()).toMatchObject({ data: { notice: nothing } });
  });
});

describe('the menu of the privacy page', () => {
  it('is nobody’s without an account, and has the parts that are somebody’s own', async () => {
    expect(await read()).toMatchObject({ data: { parts: null } });
    expect(await visit(page.load, { app, actor })).toMatchObject({
      data: { parts: { isTrainer: true, isAdmin: true, isAtSchool: false } },
    });
  });
});
