import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWire, WIRE_LIMITS } from '#lib/server/wire/server.ts';
import { setStage, type Stage } from '../rights/stage.ts';
import { ask, type Asked } from '../support/ask.ts';

/** Whatever else comes in from the same school's address, its teachers go on filling in. */

let stage: Stage;
let cookie: string;
beforeAll(async () => {
  stage = await setStage();
  cookie = await stage.cookieOf('rater with the open form');
}, 60_000);
afterAll(() => stage.close());

const get = (path: string) => ask(stage.server.url, path, { headers: { host: new URL(stage.server.url).host } });

let time = 1000;
/** A teacher's next answer. */
function save(): Promise<Asked> {
  const answer = { score: 4, cannotJudge: false, reason: null, unclear: false, comment: '', changedAt: (time += 1) };
  return ask(stage.server.url, `/form/${stage.a.objects.response}/answers/C1.01`, {
    method: 'PUT',
    headers: { cookie, origin: stage.server.url, 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  });
}

/** Saves one answer after another until the other thing is over. @returns the slowest, in milliseconds */
async function saveDuring(work: Promise<unknown>): Promise<{ saves: number; slowest: number }> {
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  const seen = { saves: 0, slowest: 0 };
  do {
    const start = performance.now();
    expect((await save()).status).toBe(200);
    seen.slowest = Math.max(seen.slowest, performance.now() - start);
    seen.saves += 1;
  } while (!isOver);
  await over;
  return seen;
}

describe('a thousand wrong links from one school', () => {
  it('are refused, in the end for being so many, while its teachers save and open their links', async () => {
    const statuses: number[] = [];
    const knocking = (async () => {
      for (let nth = 0; nth < 100; nth += 1) {
        const wrong = Array.from({ length: 10 }, () => get(`/f/${randomBytes(32).toString('base64url')}`));
        statuses.push(...(await Promise.all(wrong)).map(({ status }) => status));
      }
    })();
    const { saves, slowest } = await saveDuring(knocking);
    expect(saves).toBeGreaterThan(20);
    expect(slowest).toBeLessThan(2000);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(statuses.slice(0, 300)).toEqual(Array<number>(300).fill(404));
    expect((await get(`/f/${stage.a.objects.token}`)).status).toBe(200);
  }, 60_000);
});

describe('clients that are slow on purpose', () => {
  /** Connections that have sent the beginning of a request, and no more. */
  async function begin(url: string, count: number): Promise<{ sockets: Socket[]; closed: Promise<string[]> }> {
    const { hostname, port } = new URL(url);
    const sockets = Array.from({ length: count }, () => connect(Number(port), hostname));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const closed = sockets.map(
      (socket) =>
        new Promise<string>((resolve) => {
          let text = '';
          socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
          socket.on('error', () => undefined).on('close', () => resolve(text));
        }),
    );
    for (const socket of sockets) socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n');
    return { sockets, closed: Promise.all(closed) };
  }

  it('hold nobody up: with four hundred of them a teacher saves as before', async () => {
    const { sockets } = await begin(stage.server.url, 400);
    const { slowest } = await saveDuring(new Promise((resolve) => setTimeout(resolve, 1000)));
    for (const socket of sockets) socket.destroy();
    expect(slowest).toBeLessThan(1000);
  });

  it('are told so and let go, in the headers and in the body', async () => {
    const limits = { ...WIRE_LIMITS, headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
    const server = createWire({ 'X-Common': 'yes' }, () => undefined, limits).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const inHeaders = await begin(url, 3);
    const inBody = await begin(url, 3);
    for (const socket of inBody.sockets) socket.write('\r\n1');
    for (const answer of [...(await inHeaders.closed), ...(await inBody.closed)]) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nX-Common: yes\r\n/);
    }
    server.close();
  });

  it('have ten seconds for the headers and a minute for all of a request', () => {
    expect(WIRE_LIMITS).toMatchObject({ headersTimeout: 10_000, requestTimeout: 60_000 });
  });
});
