import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startServer, type RunningServer } from '../support/server.ts';

/** docs/operations/nginx.conf as it stands, with other ports, in front of a server that believes it. */

const nginx = ['nginx', '/usr/sbin/nginx'].find((name) => spawnSync(name, ['-v']).status === 0);
const name = 'drieluik.example.org';

describe.skipIf(nginx === undefined)('behind nginx (needs nginx)', () => {
  let server: RunningServer;
  let proxy: ChildProcess;
  let folder: string;
  let port: number;
  const log = () => readFileSync(join(folder, 'drieluik.log'), 'utf8');

  beforeAll(async () => {
    server = await startServer({ PUBLIC_URL: `https://${name}`, PROXIES: '1' });
    folder = mkdtempSync(join(tmpdir(), 'drieluik-nginx-'));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'tmp'));
    port = await freePort();
    const { cert, private: key } = generate([{ name: 'commonName', value: name }], { keySize: 2048 });
    writeFileSync(join(folder, 'fullchain.pem'), cert);
    writeFileSync(join(folder, 'privkey.pem'), key);
    const plain = await freePort();
    const site = readFileSync(new URL('../../docs/operations/nginx.conf', import.meta.url), 'utf8')
      .replace('127.0.0.1:3000', new URL(server.listensAt).host.replace('localhost', '127.0.0.1'))
      .replace(/listen (80|\[::\]:80|\[::\]:443[^;]*);/g, (_, listen: string) =>
        listen === '80' ? `listen 127.0.0.1:${plain};` : '',
      )
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replaceAll('/etc/ssl/drieluik', folder)
      .replaceAll('/var/log/nginx', folder);
    const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const paths = kinds.map((kind) => `${kind}_temp_path ${folder}/tmp/${kind};`).join('\n');
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp {\n${paths}\n${site}}\n`);
    execFileSync(nginx ?? '', ['-t', '-q', '-c', file]);
    proxy = spawn(nginx ?? '', ['-c', file], { stdio: 'ignore' });
    for (let nth = 0; nth < 100 && (await get('/healthz').catch(() => null)) === null; nth += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, 60_000);
  afterAll(async () => {
    const ended = once(proxy, 'exit');
    proxy.kill('SIGTERM');
    await ended;
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function get(
    path: string,
    { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ) {
    return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
      const asked = {
        host: '127.0.0.1',
        port,
        servername: name,
        path,
        method,
        rejectUnauthorized: false,
        agent: false,
      };
      request(
        { ...asked, headers: { host: name, accept: 'text/html', origin: `https://${name}`, ...headers } },
        (response) => {
          response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
        },
      )
        .on('error', reject)
        .end();
    });
  }

  it('pages, files and errors come through with their headers, and nginx tells no version', async () => {
    for (const [path, status] of [
      ['/', 200],
      ['/icon.svg', 200],
      ['/nergens', 404],
      ['/reports', 303],
    ] as const) {
      const answer = await get(path);
      expect(answer.status, path).toBe(status);
      expect(answer.headers['strict-transport-security'], path).toContain('max-age=63072000');
      expect(answer.headers['content-security-policy'], path).toContain("default-src 'none'");
      expect(answer.headers['server'], path).toBe('nginx');
    }
  });

  it('a client’s own X-Forwarded-For counts for nothing', async () => {
    const statuses: number[] = [];
    for (let nth = 0; nth < 51; nth += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${nth}`, 'content-length': '0' };
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      statuses.push((await get(`/sign-in/wrong-${nth}`, { method: 'POST', headers: { ...headers, ...type } })).status);
    }
    expect(statuses).toEqual([...Array<number>(50).fill(404), 429]);
  });

  it('the log has no token of a link', async () => {
    await get('/f/een-geheim-van-iemand?x=ook-geheim');
    await expect.poll(log).toContain(' GET /f/[token] 404 ');
    expect(log()).not.toMatch(/geheim/);
  });
});
