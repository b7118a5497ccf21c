import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { openDatabase, type Db } from '#lib/server/db/open.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import * as make from '../support/factories.ts';
import { ask, type Asked } from '../support/ask.ts';
import { startServer, type RunningServer } from '../support/server.ts';

/** As it stands on the internet: PUBLIC_URL is https, and one reverse proxy speaks for everybody. */

const publicUrl = 'https://drieluik.school.example';
let server: RunningServer;
let db: Db;
let close: () => Promise<void>;
let secret: string;
beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: publicUrl, PROXIES: '1' });
  const config = readConfig({ DATA_DIR: server.dataDir });
  ({ secret } = config);
  ({ db, close } = await openDatabase({ file: config.databaseFile }));
}, 60_000);
afterAll(async () => {
  await close();
  await server.stop();
});

type How = { method?: string; from?: string; cookie?: string; body?: string };

/** As the proxy passes on what a browser asks; `from` is all that stands in X-Forwarded-For. */
function browse(path: string, { method = 'GET', from = '192.0.2.1', cookie = '', body }: How = {}): Promise<Asked> {
  return ask(server.listensAt, path, {
    method,
    headers: {
      ...{ host: 'drieluik.school.example', origin: publicUrl, accept: 'text/html' },
      ...{ 'x-forwarded-for': from, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    },
    ...(body === undefined ? {} : { body }),
  });
}

const post = (path: string, fields: Record<string, string>, how: How = {}) =>
  browse(path, { ...how, method: 'POST', body: new URLSearchParams(fields).toString() });

describe('behind https', () => {
  it('browsers are told to use nothing else', async () => {
    for (const path of ['/', '/nergens', '/icon.svg', '/_app/version.json', '/reports']) {
      const { headers } = await browse(path);
      expect(headers['strict-transport-security'], path).toBe('max-age=63072000; includeSubDomains');
    }
  });

  it('the cookie of a session belongs to this host, https and nobody’s script', async () => {
    const token = /\/setup\/([\w-]+)/.exec(server.output())?.[1] ?? '';
    const { headers } = await post(`/setup/${token}`, { name: 'Ans', email: 'ans@school.example' });
    const [cookie = '', ...others] = headers['set-cookie'] ?? [];
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^__Host-drieluik\.session_token=[^;]+;/);
    const attributes = cookie.split('; ').slice(1);
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']));
    expect(attributes.join()).not.toContain('Domain');
    const [pair = ''] = cookie.split(';');
    expect((await browse('/second-step', { cookie: pair })).status).toBe(200);
    // As it would come from a neighbouring host or over http.
    expect((await browse('/second-step', { cookie: pair.replace('__Host-', '') })).status).toBe(303);
  });

  it('the cookie of a form belongs to this form, https and nobody’s script', async () => {
    const cohort = await make.makeCohort(db, { secret });
    await make.addSeries(db, cohort);
    const round = await make.openRound(db, cohort);
    const { token } = make.inRole(round.invited, 'teacher');
    const { headers } = await post(`/f/${token}`, {});
    const [cookie = '', ...others] = headers['set-cookie'] ?? [];
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^__Secure-drieluik_form_[\w-]+=[^;]+;/);
    const attributes = cookie.split('; ').slice(1);
    const path = headers.location ?? '';
    expect(attributes).toEqual(expect.arrayContaining([`Path=${path}`, 'HttpOnly', 'Secure', 'SameSite=Lax']));
    expect((await browse(path, { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
  });

  it('the cookie of the language is sent over https only', async () => {
    const { headers } = await post('/language', { language: 'en', to: '/' });
    expect(headers['set-cookie']?.[0]).toMatch(/^language=en;.*HttpOnly; Secure/);
  });
});

describe('whoever finds a weak spot', () => {
  it('is told whom to write to, once that is filled in', async () => {
    const file = '/.well-known/security.txt';
    expect((await browse(file)).status).toBe(404);
    const given = { ...(await privacy.notice(db)), controllerEmail: 'bestuur@school.example' };
    await privacy.changeNotice(
      db,
      await make.makeTrainer(db, { admin: true }),
      privacy.versionOf(await privacy.notice(db)),
      given,
    );
    const { status, headers, text } = await browse(file);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(text).toMatch(/^Contact: mailto:bestuur@school\.example\nExpires: /);
    expect(text).toContain(`Canonical: ${publicUrl}${file}\n`);
  });
});

describe('behind a reverse proxy', () => {
  const wrong = (from: string) =>
    post('/sign-in', { email: 'niemand@school.example', password: 'fout' }, { from }).then(({ status }) => status);
  const link = (from: string, token: string) => post(`/sign-in/${token}`, {}, { from }).then(({ status }) => status);

  it('failures count for the address that the proxy saw, whatever a client writes before it', async () => {
    for (let nth = 0; nth < 50; nth += 1) {
      expect(await link(`203.0.113.${nth}, 192.0.2.7`, `wrong-${nth}`)).toBe(404);
    }
    expect(await link('203.0.113.99, 192.0.2.7', 'wrong-again')).toBe(429);
    expect(await wrong('192.0.2.7')).toBe(429);
    const { headers } = await post('/sign-in/wrong-again', {}, { from: '192.0.2.7' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
    expect(await link('192.0.2.8', 'wrong-once')).toBe(404);
  });
});
