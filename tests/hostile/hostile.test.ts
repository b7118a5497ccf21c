import { readdirSync, readFileSync } from 'node:fs';
import { env, platform } from 'node:process';
import fc from 'fast-check';
import { median } from 'd3-array';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setStage, type Stage } from '../rights/stage.ts';
import { addressOf, cookieOf, send } from './send.ts';
import { attacks, type Attack } from './attacks.ts';
import { faultsOf, wrongChanges } from './verdict.ts';
import { watch, type Watched } from './watched.ts';

/**
 * Whatever is sent, by whomever: no fault of the server, nothing told and nothing changed without the right, an answer in
 * ten seconds, and a server that is as it was. Here a few, the same each time; `npm run test:hostile` sends 100,000 others.
 */

const REQUESTS = Number(env['HOSTILE_REQUESTS'] ?? 2_000);
const SEED = Number(env['HOSTILE_SEED'] ?? 1);
/** Requests between two looks at the server's process. */
const EVERY = 100;
/** Fewer say nothing of memory: most of what it grows by is warming up. */
const LONG = 20_000;
/** Times the memory after the warm-up that it may come to. */
const GROWTH = 1.25;

let stage: Stage;
let watched: Watched;
const cookies = new Map<string, string>();
beforeAll(async () => {
  stage = await setStage();
  for (const who of Object.keys(stage.people)) cookies.set(who, await stage.cookieOf(who));
  await keepSessions();
  watched = await watch(stage.db, stage.server.dataDir, [stage.a, stage.b]);
}, 60_000);
afterAll(() => stage.close());

/** On a busy machine it takes longer than a session lasts, and whoever comes with one that is over has it removed. */
async function keepSessions(): Promise<void> {
  const [begun, over] = [1, 2].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  await stage.db.updateTable('session').set({ created_at: begun, updated_at: begun, expires_at: over }).execute();
}

/** Megabytes in memory and open files of the server's process, as Linux counts them. */
function measure(): { memory: number; files: number } {
  const process = `/proc/${stage.server.pid}`;
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`${process}/status`, 'utf8'))?.[1];
  return { memory: Number(resident) / 1024, files: readdirSync(`${process}/fd`).length };
}

async function faultsAt(attack: Attack): Promise<string[]> {
  const written = stage.server.output().length;
  const answer = await send(stage, attack, cookieOf(attack, cookies.get(attack.who) ?? ''));
  const changes = await watched.changes();
  if (changes.length > 0) await watched.putBack();
  const log = stage.server.output().slice(written);
  return [
    ...faultsOf(stage, attack, answer),
    ...wrongChanges(stage, watched, attack, changes),
    ...(log.includes('"level":50') ? [`wrote ${log}`] : []),
  ];
}

const ATTACK: Attack = {
  ...{ who: 'trainer B', route: '/(trainer)/rounds/[round]/dates', request: 'POST', at: 'a', body: 'a', data: false },
  ...{ swap: null, trick: null, method: null, query: [], headers: [], origin: 'own', cookie: 'own' },
  sends: { as: 'form', fields: [] },
};

it('sees a fault of the server, and what is told without the right', () => {
  const answer = { status: 200, location: null, text: 'mark-a-remark-teacher' };
  expect(faultsOf(stage, ATTACK, answer)).toEqual(['told mark-a-remark-teacher']);
  expect(faultsOf(stage, { ...ATTACK, who: 'trainer A' }, answer)).toEqual([]);
  expect(faultsOf(stage, { ...ATTACK, who: 'trainer A', cookie: 'tampered' }, answer)).toHaveLength(1);
  expect(faultsOf(stage, ATTACK, { ...answer, text: '{"type":"error","error":{},"status":500}' })).toHaveLength(1);
});

it('sees what is changed without the right, and puts it back', async () => {
  const { round } = stage.a.objects;
  const rename = () => stage.db.updateTable('round').set({ name: 'other' }).where('id', '=', round).execute();
  const judge = async (attack: Partial<Attack>) =>
    wrongChanges(stage, watched, { ...ATTACK, ...attack }, await watched.changes());
  await rename();
  expect(await judge({})).toContain('changed round');
  // By an address of the own cohort that names a thing of another's.
  expect(await judge({ at: 'b', swap: { nth: 0, with: null } })).toContain('changed round');
  expect(await judge({ who: 'trainer A', origin: 'https://evil.example' })).toContain('changed round');
  expect(await judge({ who: 'trainer A', method: 'GET' })).toContain('changed round');
  expect(await judge({ who: 'trainer A' })).toEqual([]);
  await watched.putBack();
  expect(await watched.changes()).toEqual([]);
  const { name } = await stage.db.selectFrom('round').select('name').where('id', '=', round).executeTakeFirstOrThrow();
  expect(name).not.toBe('other');
});

it(
  `holds against ${REQUESTS} hostile requests (HOSTILE_SEED=${SEED})`,
  async () => {
    const measured: ReturnType<typeof measure>[] = [];
    let sent = 0;
    const property = fc.asyncProperty(attacks(Object.keys(stage.people)), async (attack) => {
      if (platform === 'linux' && sent++ % EVERY === 0) measured.push(measure());
      const faults = await faultsAt(attack);
      const { method, path } = addressOf(stage, attack);
      expect(faults, `${attack.who}: ${method} ${path.slice(0, 500)}`).toEqual([]);
    });
    await fc.assert(property, { numRuns: REQUESTS, seed: SEED });

    const warm = measured.slice(Math.floor(measured.length / 5));
    const fifth = Math.ceil(warm.length / 5);
    const [first, last] = [warm.slice(0, fifth), warm.slice(-fifth)];
    const grown = (what: 'memory' | 'files') =>
      (median(last.map((each) => each[what])) ?? 0) / (median(first.map((each) => each[what])) ?? 1);
    if (platform !== 'linux') return;
    console.log(`memory ×${grown('memory').toFixed(2)}, open files ×${grown('files').toFixed(2)} from first to last`);
    if (REQUESTS >= LONG) expect(grown('memory'), 'memory').toBeLessThan(GROWTH);
    expect(grown('files'), 'open files').toBeLessThan(1.2);
  },
  30_000 + REQUESTS * 100,
);
