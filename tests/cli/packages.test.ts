import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, { version: string; dependencies?: Record<string, string> }>;
};

/** Runs a command of package.json with this registry. */
async function npm(registry: string, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = { ...process.env, npm_config_registry: registry, npm_config_fetch_retries: '0' };
  try {
    const { stdout, stderr } = await run('npm', ['run', '-s', ...args], {
      cwd: root,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status: 0, out: stdout, err: stderr };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { status: code, out: stdout, err: stderr };
  }
}

/** What npm asks about a package with a fault and about those that use it, to see whether a newer one mends it. */
function packument(path: string): object {
  const name = decodeURIComponent(path.slice(1));
  const { version, dependencies } = lock.packages[`node_modules/${name}`] ?? { version: '0.0.0' };
  const dist = { tarball: 'http://127.0.0.1:9/x.tgz' };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dependencies, dist } } };
}

describe('npm run audit:dependencies', { timeout: 60_000 }, () => {
  let registry: Server;
  let url: string;
  let known: object = {};
  const asked: string[] = [];
  beforeAll(async () => {
    registry = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        asked.push(String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
        const answer = request.method === 'POST' ? known : packument(request.url ?? '');
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
    });
    const port = await freePort();
    registry.listen(port, '127.0.0.1');
    await once(registry, 'listening');
    url = `http://127.0.0.1:${port}/`;
  });
  afterAll(() => void registry.close());

  it('ends with 0 where the registry knows of no faults', async () => {
    known = {};
    expect(await npm(url, 'audit:dependencies')).toMatchObject({
      ...{ status: 0, out: expect.stringMatching(/^No known faults in \d{3} packages\./) },
    });
    expect(asked.join()).toContain('"better-sqlite3"');
  });

  it('ends with 1 and names the package where it knows of one', async () => {
    const fault = {
      id: 1,
      url: 'https://registry.example/1',
      title: 'x',
      severity: 'high',
      vulnerable_versions: '<99',
    };
    known = { kysely: [{ ...fault, cwe: [], cvss: { score: 7, vectorString: '' } }] };
    const ran = await npm(url, 'audit:dependencies');
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(/^high\s+kysely/m);
  });

  it('ends with 2 and says that nothing was checked where it cannot tell', async () => {
    const ran = await npm('http://127.0.0.1:9/', 'audit:dependencies');
    expect(ran).toMatchObject({ status: 2, out: '' });
    expect(ran.err).toContain('nothing was checked');
  });
});

describe('npm run sbom', () => {
  it('lists the packages of the lockfile, and no address of this machine', async () => {
    const { status, out } = await npm('http://127.0.0.1:9/', 'sbom');
    expect(status).toBe(0);
    const list = JSON.parse(out) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(list.bomFormat).toBe('CycloneDX');
    expect(list.components).toContainEqual(expect.objectContaining({ name: 'kysely', version: '0.29.9' }));
    expect(list.components.some(({ name }) => name === 'svelte')).toBe(true);
    expect(out).not.toContain(root);
  }, 60_000);
});
