import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../support/server.ts';

/** What a client can do to a connection, beside what it can ask. */

let server: RunningServer;
beforeAll(async () => (server = await startServer()), 60_000);
afterAll(() => server.stop());

const host = () => new URL(server.url).host;

async function dial(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined); // what is expected of it is said by what was read
  return socket;
}

it('goes on with a connection after a body that nobody read', async () => {
  const socket = await dial();
  const body = 'x'.repeat(1_000_000);
  // A trainer whose session has ended sends a list of teams: the answer leads to signing in, which nobody should wait for.
  const head = `POST /cohorts HTTP/1.1\r\nHost: ${host()}\r\nOrigin: ${server.url}\r\nContent-Length: ${body.length}`;
  socket.write(`${head}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n${body}`);
  let read = '';
  socket.on('data', (part) => (read += String(part)));
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host()}\r\n\r\n`);
  await expect.poll(() => read.includes('"status":"ok"'), { timeout: 15_000 }).toBe(true);
  socket.destroy();
});

it('says that an answer is too large, instead of ending the connection', async () => {
  const form = '018f0000-0000-7000-8000-000000000000';
  const response = await fetch(`${server.url}/form/${form}/look-back/C1`, {
    method: 'PUT',
    headers: { origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify({ value: 'x'.repeat(500_000) }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'invalid_body' });
});

it('reads no page for what was sent to its data: a look is asked for', async () => {
  const data = `${server.url}/privacy/__data.json`;
  const headers = { origin: server.url, 'content-type': 'application/json' };
  expect((await fetch(data)).status).toBe(200);
  expect((await fetch(data, { method: 'POST', headers, body: '{}' })).status).toBe(405);
});

/** What comes back when this is written, until the server ends the connection. */
async function said(written: string): Promise<string> {
  const socket = await dial();
  let read = '';
  socket.on('data', (part) => (read += String(part)));
  socket.write(written);
  await once(socket, 'close');
  return read;
}

const asked = (line: string, ...headers: string[]) =>
  [line, `Host: ${host()}`, 'Connection: close', ...headers, '', ''].join('\r\n');

it.each([
  ['headers of 20 KB', () => asked('GET / HTTP/1.1', `X: ${'x'.repeat(20_000)}`), 431],
  ['an address of 20 KB', () => asked(`GET /${'x'.repeat(20_000)} HTTP/1.1`), 431],
  [
    'two lengths at once',
    () => asked('POST /language HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    400,
  ],
  ['a header that goes on in the next line', () => asked('GET / HTTP/1.1', 'X: a', ' b: c'), 400],
  ['no HTTP at all', () => '\x16\x03\x01\r\n\r\n', 400],
])('refuses %s, and goes on', async (_, written, status) => {
  expect(await said(written())).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

it.each([
  ...[
    '/../package.json',
    '/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/_app/../../package.json',
  ],
  ...[
    '/_app/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '//package.json',
    '/_app/..%252f..%252fpackage.json',
  ],
  ...['/package.json', '/data/drieluik.db', '/.env', '/server.js'],
])('gives no file of its own at %s', async (path) => {
  const answer = await said(asked(`GET ${path} HTTP/1.1`));
  expect(answer).toMatch(/^HTTP\/1.1 (400|404|30\d) /);
  expect(answer).not.toContain('better-sqlite3');
});
