import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as list from '../../src/routes/(partnership)/partnerships/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';

let app: App;
let admin: UserActor;

beforeEach(async () => {
  app = await testApp();
  admin = await make.makeTrainer(app.db, { admin: true });
  const created_at = new Date().toISOString();
  const ids = Array.from({ length: 60 }, (_, number) => `Regio ${number}`);
  await app.db
    .insertInto('partnership')
    .values(ids.map((id) => ({ id, name: id, created_at })))
    .execute();
  await app.db
    .insertInto('programme')
    .values(ids.map((id) => ({ id, partnership_id: id, name: 'Leergang', created_at })))
    .execute();
});

type Shown = { page: number; search: string; previous: string | null; next: string | null };
const show = async (query: string) =>
  (await list.load({
    ...{ locals: { app, actor: admin, locale: 'nl' }, url: new URL(`http://localhost:3000/partnerships?${query}`) },
  } as never)) as Shown;

describe('the list of partnerships', () => {
  it('leads to the page before and the page after it, with what was searched', async () => {
    expect(await show('')).toMatchObject({ page: 1, previous: null, next: '/partnerships?page=2' });
    expect(await show('page=2')).toMatchObject({ previous: '/partnerships', next: '/partnerships?page=3' });
    expect(await show('page=3')).toMatchObject({ previous: '/partnerships?page=2', next: null });
    const searched = await show('q=+Regio&page=2');
    expect(searched).toMatchObject({ search: 'Regio', previous: '/partnerships?q=Regio' });
    expect(searched.next).toBe('/partnerships?q=Regio&page=3');
  });

  it.each(['page=x', 'page=0', 'page=-3', 'page=1.5', 'page=', 'page=1e400'])(
    'takes %s for its first page',
    async (query) => {
      expect(await show(query)).toMatchObject({ page: 1, next: '/partnerships?page=2' });
    },
  );

  it('is at its last page beyond the end', async () => {
    expect(await show('page=900')).toMatchObject({ page: 3, next: null });
  });
});
