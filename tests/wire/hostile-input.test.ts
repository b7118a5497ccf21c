import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../rights/stage.ts';
import { ask, type Asked } from '../support/ask.ts';

/** What browsers never send: the server answers in few words, by its own address, and does nothing. */

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** As a browser at the server's own address would ask. */
function browse(path: string, how: NonNullable<Parameters<typeof ask>[2]> = {}): Promise<Asked> {
  const { server } = stage;
  const headers = { host: new URL(server.url).host, origin: server.url, accept: 'text/html', ...how.headers };
  return ask(server.url, path, { ...how, headers });
}

/** No answer tells where in the program it comes from. */
const INSIDES = /at \S+ \(|file:\/\/|node_modules|\.ts:\d|SQLITE|Error:/;

describe('a body', () => {
  it('that is too large for its form is refused in words, whether it says how large it is or not', async () => {
    const body = `email=${'x'.repeat(100_000)}`;
    for (const headers of [FORM, { ...FORM, 'transfer-encoding': 'chunked' }]) {
      const asked = await browse('/sign-in', { method: 'POST', headers, body });
      expect(asked.status).toBe(413);
      expect(asked.text).toContain('Dit is meer dan we in één keer kunnen ontvangen.');
    }
  });

  it('of more fields than any form has is refused before it fills the memory, and a page of answers is not', async () => {
    const rater = { ...FORM, cookie: await stage.cookieOf('rater with the open form') };
    const page = `/form/${stage.a.objects.response}/C1`;
    const trainer = { ...FORM, cookie: await stage.cookieOf('trainer A') };
    const list = `/cohorts/${stage.a.objects.cohort}/schools/import?/preview`;
    const flood = (bytes: number) => 'a&'.repeat(bytes / 2);
    const answers = [
      browse(page, { method: 'POST', headers: rater, body: flood(900_000) }),
      browse(list, { method: 'POST', headers: trainer, body: flood(2_900_000) }),
    ];
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([413, 413]);
    const whole = Array.from({ length: 4_000 }, (_, nth) => `field${nth}=x`).join('&');
    const { status } = await browse(page, { method: 'POST', headers: rater, body: `${whole}&go=next` });
    expect(status).not.toBe(413);
    expect(status).toBeLessThan(500);
  });

  it('that is larger than any may be is refused', async () => {
    const body = `email=${'x'.repeat(4_000_000)}`;
    expect((await browse('/sign-in', { method: 'POST', headers: FORM, body })).status).toBe(413);
  });

  it('of ten megabytes is taken where somebody hands in a file, and nowhere else', async () => {
    const { server, a } = stage;
    const cookie = await stage.cookieOf("next IB'er A");
    const send = async (path: string, megabytes: number) => {
      const body = new FormData();
      const file = Buffer.alloc(Math.round(megabytes * 1024 * 1024));
      file.write('%PDF-1.7');
      body.append('file', new File([file], 'verslag.pdf'));
      const headers = { cookie, origin: server.url, accept: 'text/html' };
      return (await fetch(`${server.url}${path}`, { method: 'POST', redirect: 'manual', headers, body })).status;
    };
    const page = `/assignments/${a.objects.assignment}`;
    expect([await send(page, 10), await send(page, 10.1), await send(page, 12)]).toEqual([303, 400, 413]);
    expect(await send('/sign-in', 10)).toBe(413);
  });

  it.each([
    ['nested as deep as it can be', '['.repeat(16_000)],
    ['nested in a field', `{"score":${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}}`],
    ['too large', JSON.stringify({ comment: 'x'.repeat(20_000) })],
    ['a language’s own name', '{"__proto__":{"score":1},"constructor":{"prototype":{}}}'],
    ['no JSON', 'score=1'],
  ])('of JSON that is %s is refused', async (_, body) => {
    const cookie = await stage.cookieOf('rater with the open form');
    const path = `/form/${stage.a.objects.response}/answers/C1.02`;
    const asked = await browse(path, { method: 'PUT', headers: { cookie, 'content-type': 'application/json' }, body });
    expect(asked.status).toBe(400);
    expect(asked.text).not.toMatch(INSIDES);
  });
});

describe('a path', () => {
  it.each([
    ...['/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/package.json', '/%252e%252e%252fpackage.json'],
    ...['/_app/immutable/..%5c..%5cserver.js', '/fonts/%2e%2e%2f%2e%2e%2fhandler.js', '/%00', '/icon.svg%00.html'],
    ...[
      '/f/%00',
      '/f/..%2f..%2fadmin',
      '/form/%2e%2e/C1',
      '/form/..;/admin',
      '/nergens/%F0%9F%98%80',
      '/%c0%ae%c0%ae/',
    ],
    ...['/data/drieluik.sqlite', '/drieluik.sqlite', '/.git/config', '/.env', '/data/secret'],
  ])('leads to no file and to nobody’s things: %s', async (path) => {
    const asked = await browse(path);
    expect([400, 404]).toContain(asked.status);
    expect(asked.text).not.toMatch(/root:x|"dependencies"|sveltekit:shutdown|SQLite format/);
    expect(asked.text).not.toMatch(INSIDES);
  });

  it.each(['//elders.example/', '//elders.example/..', '/\\elders.example/', '/sign-in/?x', '/%5celders.example%2f..'])(
    'leads to no other address: %s',
    async (path) => {
      const { headers } = await browse(path);
      const to = headers.location === undefined ? '' : new URL(headers.location, stage.server.url).origin;
      expect(['', stage.server.url]).toContain(to);
    },
  );

  it.each(['%00', '%E2%82%AC', '%0d%0a', '%C3%A9', '%20'])(
    'that names what no id can be is nothing, also where what else it names is one’s own: %s',
    async (sign) => {
      const cookie = await stage.cookieOf('trainer A');
      const { sent, series, member } = stage.a.objects;
      const paths = [`/rounds/${sign}/forms/${sent}/reopen`, `/cohorts/${sign}/series/${series}/remove/${member}`];
      for (const path of paths) {
        const asked = await browse(path, { method: 'POST', headers: { ...FORM, cookie }, body: 'version=1' });
        expect(asked.status, path).toBe(404);
      }
    },
  );

  it('with a line end makes no header', async () => {
    const to = '/sign-in?to=%2F%0d%0aSet-Cookie:%20a=b';
    const guarded = await browse('/reports/%0d%0aSet-Cookie:%20a=b');
    const moved = await browse(to, { headers: { host: 'elders.example' } });
    const asked = await browse('/language', { method: 'POST', headers: FORM, body: `language=en&to=${to.slice(9)}` });
    for (const { headers } of [guarded, moved, asked]) {
      expect(headers['set-cookie']?.join() ?? '').not.toContain('a=b');
      expect(headers.location ?? '').not.toMatch(/[\r\n]/);
    }
  });
});

describe('a header', () => {
  it('about the host changes no address that the server gives', async () => {
    for (const host of ['elders.example', 'elders.example@localhost', 'localhost:1']) {
      const { status, headers } = await browse('/sign-in?to=%2Freports', { headers: { host } });
      expect(status, host).toBe(307);
      expect(headers.location).toBe(`${stage.server.url}/sign-in?to=%2Freports`);
    }
    const forwarded = { 'x-forwarded-host': 'elders.example', forwarded: 'host=elders.example;proto=https' };
    const { headers, text } = await browse('/reports', { headers: { ...forwarded, 'x-forwarded-proto': 'https' } });
    expect(JSON.stringify(headers) + text).not.toContain('elders.example');
  });

  it.each(['x-http-method-override', 'x-method-override', 'x-http-method'])('%s changes no method', async (name) => {
    const asked = await browse('/language?_method=PUT', {
      ...{ method: 'POST', headers: { ...FORM, [name]: 'DELETE' }, body: 'language=en&to=/&_method=DELETE' },
    });
    expect(asked.status).toBe(303);
  });
});

describe('who knocks learns nothing', () => {
  const middle = (taken: number[]) => taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0;

  /** The middle of the times that either takes, in milliseconds, asked in turns: what else the machine does hits both. */
  async function times(count: number, works: ((nth: number) => Promise<unknown>)[]): Promise<number[]> {
    const taken = works.map((): number[] => []);
    for (let nth = 0; nth < count; nth += 1) {
      for (const [index, work] of works.entries()) {
        const start = performance.now();
        await work(nth);
        taken[index]?.push(performance.now() - start);
      }
    }
    return taken.map(middle);
  }

  const plain = ({ status, headers, text }: Asked) => ({
    ...{ status, location: headers.location, type: headers['content-type'] },
    text: text.replaceAll(/nonce(="|-)[^"']+/g, ''),
  });

  it('from a personal link that never was or no longer is', async () => {
    const { db } = stage;
    const token = stage.a.objects.token;
    const before = await db
      .selectFrom('invitation')
      .selectAll()
      .where('id', '=', stage.a.objects.invitation)
      .executeTakeFirstOrThrow();
    await db.updateTable('invitation').set({ token_hash: 'replaced' }).where('id', '=', before.id).execute();
    const withdrawn = await browse(`/f/${token}`);
    await db.updateTable('invitation').set({ token_hash: before.token_hash }).where('id', '=', before.id).execute();
    expect((await browse(`/f/${token}`)).status).toBe(200);
    for (const unknown of [randomBytes(32).toString('base64url'), 'x', token.slice(0, -1), `${token}x`]) {
      expect(plain(await browse(`/f/${unknown}`))).toEqual(plain(withdrawn));
    }
    expect(withdrawn.status).toBe(404);
  });

  it('from asking for a sign-in link at an address that is known or not: words and time', async () => {
    const post = (email: string) => browse('/sign-in', { method: 'POST', headers: FORM, body: `email=${email}` });
    const users = await stage.db.selectFrom('user').select('email').execute();
    const unknown = users.map((_, index) => `niemand-${index}@elders.example`);
    for (const [index, { email }] of users.entries()) {
      expect(plain(await post(email))).toEqual(plain(await post(unknown[index] ?? '')));
    }
    const again = [
      (nth: number) => post(users[nth % users.length]?.email ?? ''),
      (nth: number) => post(unknown[nth % users.length] ?? ''),
    ];
    const [known = 0, none = 0] = await times(3 * users.length, again);
    // A few statements more, within one flush to the disk; over a network nobody tells them apart in five tries.
    expect(known / none, `${known} and ${none} ms`).toBeLessThan(1.5);
  });
});
