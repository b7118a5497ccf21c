import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knock, type Request } from '../rights/knock.ts';
import { setStage, type Stage } from '../rights/stage.ts';
import { TABLE } from '../rights/table.ts';
import { ask, sendBytes } from '../support/ask.ts';

/** What every answer has, of whatever kind and whoever makes it: the application, the framework, its files or Node. */

type Headers = Readonly<Record<string, unknown>>;

/** What is missing or wrong in the headers of one answer. */
function faultsOf(headers: Headers, { isRaters = false, isPage = false } = {}): string[] {
  const policy = String(headers['content-security-policy']);
  const wanted: [string, boolean][] = [
    ['default-src', policy.includes("default-src 'none'")],
    ['frame-ancestors', policy.includes("frame-ancestors 'none'")],
    ['base-uri', policy.includes("base-uri 'none'")],
    ['form-action', /form-action '(none|self)'/.test(policy)],
    ['no unsafe source', !/unsafe-(inline|eval)|\*|https?:/.test(policy)],
    ['a page’s own policy', !isPage || policy.includes("script-src 'self'")],
    ['encoding', !isPage || headers['content-type'] === 'text/html; charset=utf-8'],
    ['nosniff', headers['x-content-type-options'] === 'nosniff'],
    ['referrer', headers['referrer-policy'] === 'same-origin'],
    ['permissions', String(headers['permissions-policy']).includes('camera=(), display-capture=(), geolocation=()')],
    ['clipboard', String(headers['permissions-policy']).includes('clipboard-read=(), fullscreen=()')],
    ['robots', headers['x-robots-tag'] === 'noindex, nofollow'],
    ['opener', headers['cross-origin-opener-policy'] === (isRaters ? 'unsafe-none' : 'same-origin')],
    ['resources', headers['cross-origin-resource-policy'] === 'same-origin'],
    ['no banner', headers['server'] === undefined && headers['x-powered-by'] === undefined],
    ['no HSTS without https', headers['strict-transport-security'] === undefined],
  ];
  return wanted.filter(([, holds]) => !holds).map(([name]) => name);
}

const headersOf = (text: string): Headers =>
  Object.fromEntries(JSON.parse(text.slice(0, text.indexOf('\n'))) as [string, string][]);

/** The headers in the bytes of an answer. */
const headersIn = (bytes: string): Headers =>
  Object.fromEntries(
    (bytes.split('\r\n\r\n')[0] ?? '')
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage.close());

describe('every answer says what a browser may do with it, and stays out of caches', () => {
  it.each(['nobody', 'admin', 'trainer A', 'director A', 'rater with the sent form'])(
    'of every route, action and method, asked by %s',
    async (who) => {
      const faults: string[] = [];
      const cookie = await stage.cookieOf(who);
      const statuses = new Set<number>();
      for (const [route, requests] of Object.entries(TABLE)) {
        for (const [request, line] of Object.entries(requests)) {
          // What changes things is asked as it comes from another site: it is refused, and nobody loses a session.
          const asked: Request = { route, request, line, place: stage.a };
          for (const data of request === 'GET' ? [false, true] : [false]) {
            const { status, text } = await knock(stage, asked, request === 'GET' ? cookie : '', { data });
            const headers = headersOf(text);
            statuses.add(status);
            const isPage = status === 200 && String(headers['content-type']).startsWith('text/html');
            const isRaters = route.startsWith('/(rater)') || route === '/(public)/f/[token]';
            const missing = faultsOf(headers, { isRaters, isPage });
            const kept = String(headers['cache-control']);
            const mayBeKept =
              /\/(schools|lists)\/import$|\/calendar\/\[token\]/.test(route) && kept === 'private, no-cache'; // decisions 103 and 212
            if (!kept.includes('no-store') && !mayBeKept) missing.push(`cache-control ${kept}`);
            if (missing.length > 0) faults.push(`${request} ${route} (${status}): ${missing.join(', ')}`);
          }
        }
      }
      expect(faults).toEqual([]);
      expect([...statuses]).toEqual(expect.arrayContaining([200, 303, 404]));
    },
    60_000,
  );

  it.each([
    ['an address that is not there', 404, '/nergens', {}],
    ['an address that cannot be read', 400, '/%ff%', {}],
    ['a path out of the files', 404, '/_app/..%2f..%2f..%2fpackage.json', {}],
    ['an address of another host', 307, '/sign-in', { headers: { host: 'elders.example' } }],
    ['a method that no page has', 405, '/sign-in', { method: 'PATCH' }],
    ['a method that echoes', 400, '/sign-in', { method: 'TRACE' }],
    ['what another site sends', 403, '/sign-in', { method: 'POST', headers: { origin: 'https://elders.example' } }],
  ])('of %s', async (_, status, path, how) => {
    const { headers: given = {}, ...rest } = how as { method?: string; headers?: Record<string, string> };
    const headers = { host: new URL(stage.server.url).host, origin: stage.server.url, ...given };
    const asked = await ask(stage.server.url, path, { ...rest, headers });
    expect(asked.status).toBe(status);
    expect(faultsOf(asked.headers)).toEqual([]);
  });

  it('of a file, which caches may keep', async () => {
    const [script] = readdirSync('build/client/_app/immutable/entry').filter((name) => name.endsWith('.js'));
    for (const path of [`/_app/immutable/entry/${script}`, '/_app/version.json', '/icon.svg']) {
      const { status, headers } = await ask(stage.server.url, path);
      expect(status, path).toBe(200);
      expect(faultsOf(headers), path).toEqual([]);
      expect(headers['cache-control'], path).not.toBe('no-store');
    }
  });

  it('lets the page for errors have its own style, and no other', async () => {
    const cookie = await stage.cookieOf('director A');
    const headers = { host: new URL(stage.server.url).host, cookie, accept: 'text/html' };
    const asked = await ask(stage.server.url, '/admin', { headers });
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(asked.text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style).toContain('color-scheme');
    expect(asked.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}';`);
  });

  it.each([
    ['what is no HTTP', 400, 'Goedemorgen\r\n\r\n'],
    ['a request without a host', 400, 'GET / HTTP/1.1\r\n\r\n'],
    ['headers that are too large', 431, `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 400, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length beside parts',
      400,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['an address that is whole', 400, 'GET http://elders.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ])('of %s, in few words', async (_, status, bytes) => {
    const answer = await sendBytes(stage.server.url, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(faultsOf(headersIn(answer))).toEqual([]);
    expect(answer).not.toMatch(/ at |node:|\.js/);
  });
});
