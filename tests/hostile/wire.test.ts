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
