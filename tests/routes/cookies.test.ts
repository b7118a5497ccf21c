import { describe, expect, it } from 'vitest';
import { createAuth, sessionCookie } from '#lib/server/auth/auth.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { actions as stop } from '../../src/routes/(rater)/form/[response]/stop/+page.server.ts';
import { load as intro } from '../../src/routes/(rater)/form/[response]/+page.server.ts';
import { enterBy, openSchool } from './form-support.ts';

const publicUrl = 'https://drieluik.school.example';

describe('over https', () => {
  it('the cookie of a session is for this host only', async () => {
    const app = await testApp();
    const auth = createAuth(app.db, { secret: app.config.secret, publicUrl });
    const { authCookies } = await auth.$context;
    expect(authCookies.sessionToken.name).toBe('__Host-drieluik.session_token');
    expect(authCookies.sessionToken.name).toBe(sessionCookie(publicUrl));
    // What a browser asks of the prefix: secure, for the whole host, and for no domain.
    const { attributes } = authCookies.sessionToken;
    expect(attributes).toMatchObject({ secure: true, path: '/', httpOnly: true, sameSite: 'lax' });
    expect(attributes).not.toHaveProperty('domain');
  });

  it('the cookie of a form is for https only, opens the form, and goes with "Stoppen"', async () => {
    const { app, round } = await openSchool();
    const site = { ...app, config: { ...app.config, publicUrl } };
    const { browser, response } = await enterBy(site, make.inRole(round.invited, 'teacher'));
    const [name] = browser.cookies.keys();
    expect(name).toBe(`__Secure-drieluik_form_${response}`);
    expect(browser.cookies.get(name ?? '')?.options).toMatchObject({
      secure: true,
      httpOnly: true,
      path: `/form/${response}`,
    });
    expect(await browser.run(intro, { params: { response } })).toMatchObject({ kind: 'data' });
    await browser.post(stop['default'], { params: { response } });
    expect(browser.cookies.size).toBe(0);
  });
});

it('without https cookies have plain names: a browser would not keep the others', async () => {
  const app = await testApp();
  const { authCookies } = await app.auth.$context;
  expect(authCookies.sessionToken).toMatchObject({ name: 'drieluik.session_token', attributes: { secure: false } });
  expect(sessionCookie(app.config.publicUrl)).toBe('drieluik.session_token');
});
