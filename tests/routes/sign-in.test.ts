import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { signInToken } from '#lib/server/auth/auth.ts';
import { withPath } from '#lib/server/own-path.ts';
import * as ask from '../../src/routes/(public)/sign-in/+page.server.ts';
import * as enter from '../../src/routes/(public)/sign-in/[token]/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';

let app: App;
let email: string;
beforeEach(async () => {
  app = await testApp();
  const { userId } = await make.makeTrainer(app.db);
  const user = app.db.selectFrom('user').select('email').where('id', '=', userId);
  ({ email } = await user.executeTakeFirstOrThrow());
});

const visitor = (query = '') => ({ app, actor: null, query });
const along = (to: string) => withPath('', to).slice(1);
const aboutOfMails = async () => {
  const rows = await app.db.selectFrom('mail').select('about').execute();
  return rows.map(({ about }) => JSON.parse(about) as unknown);
};

describe('the page without a mail', () => {
  it('sends nobody to somebody who could make a link, once all links are mailed', async () => {
    expect(await visit(ask.load, visitor())).toMatchObject({ data: { hasMail: false } });
    const mail = { url: 'smtp://localhost:25', from: 'Drieluik <drieluik@swv.example>' };
    const mailing = { ...app, config: { ...app.config, mail } };
    expect(await visit(ask.load, { ...visitor(), app: mailing })).toMatchObject({ data: { hasMail: true } });
  });
});

describe('where signing in leads', () => {
  const path = '/reports/some-id?reading=differ';

  it('travels from the page that was opened to the mail', async () => {
    const outcome = await send(ask.actions, 'default', { ...visitor(along(path)), form: { email, password: '' } });
    expect(outcome).toEqual({ to: `/sign-in?sent&${along(path)}` });
    expect(await aboutOfMails()).toEqual([{ to: path }]);
    expect(await visit(ask.load, visitor(`sent&${along(path)}`))).toMatchObject({
      data: { isSent: true, again: `/sign-in?${along(path)}` },
    });
  });

  it('is there at the end of the link', async () => {
    const params = { token: await signInToken(app.auth, email) };
    expect(await send(enter.actions, 'default', { ...visitor(along(path)), params })).toEqual({ to: path });
  });

  it('stays with somebody whose link was used up', async () => {
    const used = { ...visitor(along(path)), params: { token: 'used' } };
    expect(await send(enter.actions, 'default', used)).toMatchObject({ status: 404 });
    expect(await visit(enter.load, used)).toEqual({ data: { again: `/sign-in?${along(path)}` } });
  });

  it.each(['https://elders.example/', '//elders.example', '/\\elders.example', '/f/a-token-that-somebody-holds'])(
    'is the front page where the address says %s',
    async (to) => {
      const params = { token: await signInToken(app.auth, email) };
      expect(await send(enter.actions, 'default', { ...visitor(along(to)), params })).toEqual({ to: '/' });
      const outcome = await send(ask.actions, 'default', { ...visitor(along(to)), form: { email, password: '' } });
      expect(outcome).toEqual({ to: '/sign-in?sent' });
      expect(await aboutOfMails()).toEqual([{ to: '/' }]);
    },
  );
});

it('whoever has a whole network of addresses is one client', async () => {
  const guess = (client: string) => send(enter.actions, 'default', { ...visitor(), params: { token: 'none' }, client });
  for (let tried = 0; tried < 50; tried += 1) {
    expect(await guess(`2001:db8:1:2::${tried.toString(16)}`)).toMatchObject({ status: 404 });
  }
  expect(await guess('2001:db8:1:2:ffff::1')).toMatchObject({ status: 429 });
  expect(await guess('2001:db8:1:3::1')).toMatchObject({ status: 404 });
});
