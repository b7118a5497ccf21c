import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
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
const save = (form: Record<string, string>) => send(admin.actions, 'default', { app, actor, form });

describe('whom the privacy page names', () => {
  it('is nobody until an administrator says so, and the administrator is told', async () => {
    expect(await read()).toEqual({ data: { contact: nobody } });
    expect(await visit(admin.load, { app, actor })).toEqual({ data: { contact: nobody, isIncomplete: true } });
  });

  it('is what the administrator filled in, for everybody, and is changed as a whole', async () => {
    expect(await save({ ...contact, controller: '  Stichting De Brug ' })).toEqual({ to: '/admin/privacy?done=saved' });
    expect(await read()).toEqual({ data: { contact } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { isIncomplete: false } });
    expect(await save({ ...contact, officer: '', officerEmail: ' ' })).toHaveProperty('to');
    expect(await read()).toEqual({ data: { contact: { ...contact, officer: null, officerEmail: null } } });
    expect(await visit(admin.load, { app, actor })).toMatchObject({ data: { isIncomplete: true } });
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
    expect(await read()).toEqual({ data: { contact: nobody } });
  });

  it('is changed by an administrator only', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await send(admin.actions, 'default', { app, actor: trainer, form: contact })).toMatchObject({ status: 404 });
    expect(await read()).toEqual({ data: { contact: nobody } });
  });
});
