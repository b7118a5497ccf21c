import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { templateValues } from '#lib/server/template-form.ts';
import * as page from '../../src/routes/(admin)/admin/templates/[template]/+page.server.ts';
import * as edit from '../../src/routes/(admin)/admin/templates/[template]/edit/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

const KEY = 'samenwerken-met-ouders';
let app: App;
let admin: UserActor;
let shipped: string;
beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
  shipped = (await templates.findNewest(app.db, KEY))?.id ?? '';
});

const as = (template: string, form: Record<string, string> = {}) => ({ app, actor: admin, params: { template }, form });

async function copied(version = '2'): Promise<string> {
  const outcome = await send(page.actions, 'copy', as(shipped, { key: KEY, version }));
  return /templates\/([^/]+)\/edit/.exec('to' in outcome ? outcome.to : '')?.[1] ?? '';
}

const valuesOf = async (id: string) => templateValues((await templates.load(app.db, id)).template);

describe('a template', () => {
  it('is saved as it was by a form in which nothing was changed', async () => {
    const draft = await copied();
    const before = (await templates.load(app.db, draft)).template;
    await send(edit.actions, 'default', as(draft, { ...(await valuesOf(draft)), revision: '1' }));
    const after = await templates.load(app.db, draft);
    expect(after.template).toEqual(before);
    expect(after.revision).toBe(2);
  });

  it('of which a draft is changed, with a line more and a line less, is offered once it is published', async () => {
    const draft = await copied();
    const added = {
      year: '1',
      week: '11',
      start: '09:30',
      end: '12:30',
      hours: '2,5',
      'title.nl': 'Terugkomen',
      'about.nl': 'Hoe gaat het?',
    };
    const form = {
      ...(await valuesOf(draft)),
      ...Object.fromEntries(Object.entries(added).map(([field, value]) => [`sessions.4.${field}`, value])),
      ...{ 'remove.sessions.0': 'yes', 'title.nl': 'Anders', revision: '1' },
    };
    await send(edit.actions, 'default', as(draft, form));
    expect((await templates.findNewest(app.db, KEY))?.id).toBe(shipped);
    await send(page.actions, 'publish', as(draft, { revision: '2' }));
    const newest = await templates.findNewest(app.db, KEY);
    expect(newest?.template.title.nl).toBe('Anders');
    expect(newest?.template.sessions.map(({ title }) => title.nl)).toHaveLength(4);
    expect(newest?.template.sessions.at(-1)).toMatchObject({
      hours: 2.5,
      title: { nl: 'Terugkomen', en: 'Terugkomen' },
    });
  });

  it('names the field that is wrong where it stands in the form, and keeps what was typed', async () => {
    const draft = await copied();
    const wrong = {
      ...(await valuesOf(draft)),
      'remove.sessions.0': 'yes',
      'sessions.2.week': 'drie',
      'places.min': '40',
      revision: '1',
    };
    const outcome = await send(edit.actions, 'default', as(draft, wrong));
    expect(outcome).toMatchObject({
      status: 400,
      shown: { errors: { 'sessions.2.week': expect.any(String) }, values: { 'sessions.2.week': 'drie' } },
    });
  });

  it('keeps a line of which the Dutch title is missing, and asks for it there; the line to add may stay empty', async () => {
    const draft = await copied();
    const empty = { 'sessions.1.title.nl': ' ', 'sessions.1.title.en': '', 'sessions.4.title.nl': '', revision: '1' };
    const outcome = await send(edit.actions, 'default', as(draft, { ...(await valuesOf(draft)), ...empty }));
    expect(outcome).toMatchObject({ status: 400, shown: { values: { 'sessions.1.about.nl': expect.any(String) } } });
    const { errors } = (outcome as { shown: { errors: Record<string, string> } }).shown;
    expect(errors).toEqual({ 'sessions.1.title.nl': 'Vul dit veld in.' });
    const added = { ...(await valuesOf(draft)), 'sessions.4.week': '11', 'sessions.4.title.nl': '', revision: '1' };
    expect(await send(edit.actions, 'default', as(draft, added))).toMatchObject({
      shown: { errors: { 'sessions.4.title.nl': 'Vul dit veld in.' } },
    });
    expect((await templates.load(app.db, draft)).revision).toBe(1);
  });

  it('that somebody else changed meanwhile says what one typed, and fills no field with it', async () => {
    const draft = await copied();
    const values = { ...(await valuesOf(draft)), revision: '1' };
    const { template } = await templates.load(app.db, draft);
    await send(edit.actions, 'default', as(draft, { ...values, 'remove.sessions.0': 'yes' }));
    const mine = { ...values, 'title.nl': 'Van mij', 'sessions.2.title.nl': 'Mijn bijeenkomst' };
    const outcome = await send(edit.actions, 'default', as(draft, mine));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile' } });
    const { typed, ...shown } = (outcome as { shown: { typed: { field: string; value: string }[] } }).shown;
    expect(shown).not.toHaveProperty('values');
    const [first, third] = [template.sessions[0], template.sessions[2]];
    expect(typed).toEqual([
      { field: 'title.nl', value: 'Van mij' },
      { field: 'sessions', value: expect.stringContaining(first?.title.nl ?? '') },
      { field: 'sessions', value: expect.stringContaining(`Mijn bijeenkomst · ${third?.title.en ?? ''}`) },
    ]);
  });

  it('that is published never changes, and a draft not under somebody’s hands', async () => {
    const draft = await copied();
    const form = { ...(await valuesOf(draft)), revision: '1' };
    await send(edit.actions, 'default', as(draft, form));
    expect(await send(edit.actions, 'default', as(draft, form))).toMatchObject({
      shown: { code: 'changed_meanwhile' },
    });
    const published = { ...(await valuesOf(shipped)), revision: '1' };
    const outcome = await send(edit.actions, 'default', as(shipped, published));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'template_not_draft' } });
  });

  it('is copied once by one name and version', async () => {
    await copied();
    const again = await send(page.actions, 'copy', as(shipped, { key: KEY, version: '2' }));
    expect(again).toMatchObject({ status: 409, shown: { code: 'template_exists' } });
    const wrong = await send(page.actions, 'copy', as(shipped, { key: 'Met Spatie', version: '' }));
    expect(wrong).toMatchObject({
      status: 400,
      shown: { errors: { key: expect.any(String), version: expect.any(String) } },
    });
  });

  it('is offered no more once it is out of use, and again after', async () => {
    await send(page.actions, 'retire', as(shipped));
    expect(await templates.findNewest(app.db, KEY)).toBeNull();
    await send(page.actions, 'back', as(shipped));
    expect((await templates.findNewest(app.db, KEY))?.id).toBe(shipped);
  });

  it('is the administrator’s', async () => {
    const trainer = await make.makeTrainer(app.db);
    expect(await visit(page.load, { ...as(shipped), actor: trainer })).toMatchObject({ status: 404 });
  });
});
