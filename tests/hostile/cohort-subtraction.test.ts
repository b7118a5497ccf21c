import { describe, expect, it } from 'vitest';
import type { View } from '#lib/analysis/types.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import * as cohortFiles from '#lib/server/cohort-files/service.ts';
import * as comparing from '#lib/server/comparing/service.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';

/**
 * Two worlds that differ in nothing but the scores of one school whose report is never released look the same to a trainer
 * who reads the other schools, at every step: while reports are released one after another, with both rounds, the files,
 * another cohort of the same schools beside it, and the programme's page with an ambition. What is the same tells nothing,
 * whatever is subtracted.
 */

const SCHOOLS = 9;
const ROUNDS = ['T0', 'T1'];
const KEPT_BACK = SCHOOLS - 1;

/** A cohort whose trainer reads single schools, its rounds, its programme, and a round of another cohort of theirs. */
type World = {
  db: Db;
  database: string;
  cohort: make.TestCohort;
  ids: string[];
  elsewhere: string;
  programme: string;
};

/** Aspects of two competencies, as an ambition has them. */
const AMBITION = ['C1.01', 'C1.02', 'C1.03', 'C1.04', 'C2.01', 'C2.02'];

/** What is alike enough that no cohort flag, which every report has, goes by the school that is kept back. */
function scoreOf(round: number, school: number, role: View, isTwisted: boolean) {
  const base = 3 + ((school + round) % 2);
  if (school !== KEPT_BACK) return () => base;
  const own = { director: 2, ib: 4, teacher: 3 }[role];
  return (_: string, index: number) => (isTwisted && index % 3 === 0 ? own + 1 : own);
}

async function worldOf(isTwisted: boolean): Promise<World> {
  const { db, config } = await testApp();
  const setting = await make.makeCohort(db, { name: 'Met schoolrapporten', trainerSeesSchools: true });
  const without = await make.makeCohort(db, { name: 'Zonder', trainer: setting.trainer });
  for (let school = 0; school < SCHOOLS; school += 1) {
    for (const cohort of [setting, without]) await make.addSeries(db, cohort, { school: `School ${school}` });
  }
  const cohort = { ...setting, trainer: without.trainer }; // who trains both
  const programme = await wishIn(db, cohort, AMBITION);
  const elsewhere = await runRound(db, without, 0, false);
  await release(db, without, elsewhere, 0, SCHOOLS);
  const ids: string[] = [];
  for (const round of ROUNDS.keys()) ids.push(await runRound(db, cohort, round, isTwisted));
  return { db, database: config.databaseFile, cohort, ids, elsewhere, programme };
}

/** Gives the programme of a cohort an ambition. @returns the programme's id */
async function wishIn(db: Db, { id, trainer }: make.TestCohort, aspects: string[]): Promise<string> {
  const { stamp, cohort } = await ambitions.ofCohort(db, trainer, id);
  await ambitions.save(db, trainer, id, { stamp, id: null }, { title: 'Een ambitie', listKey: 'ib-180', aspects });
  return cohort.programmeId ?? '';
}

async function runRound(db: Db, cohort: make.TestCohort, round: number, isTwisted: boolean): Promise<string> {
  const { id, invited } = await make.openRound(db, cohort, { name: ROUNDS[round] ?? '' });
  const series = [...new Set(invited.map(({ seriesId }) => seriesId))].toSorted();
  for (const person of invited) {
    await make.fillAndSubmit(db, person, scoreOf(round, series.indexOf(person.seriesId), person.role, isTwisted));
  }
  await rounds.close(db, cohort.trainer, id);
  return id;
}

/** Releases the reports of these schools, in the order in which they were taken into the cohort. */
async function release(db: Db, cohort: make.TestCohort, id: string, from: number, to: number): Promise<void> {
  const found = await rounds.progress(db, cohort.trainer, id);
  const inOrder = found.toSorted((a, b) => (a.series.id < b.series.id ? -1 : 1));
  const ids = inOrder.slice(from, to).map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, ids);
}

/** Releases one school more in both rounds; gives all that its trainer then sees. */
async function step(
  { db, database, cohort, ids, elsewhere, programme }: World,
  school: number,
): Promise<Record<string, string>> {
  for (const id of ids) await release(db, cohort, id, school, school + 1);
  const [from = '', to = ''] = ids;
  const { trainer } = cohort;
  const shown: Record<string, unknown> = {
    picture: await dashboards.get(db, trainer, to),
    aspects: await dashboards.withRounds(db, trainer, to, 'C1.01'),
    change: await comparing.beside(db, trainer, to, from),
    comparison: await comparing.beside(db, trainer, from, elsewhere),
    'comparison the other way': await comparing.beside(db, trainer, elsewhere, from),
    programme: (await programmes.course(db, trainer, programme, new Date())).cohorts,
  };
  for (const file of ['figures.csv', 'schools.csv']) {
    const asked = { file, extent: 'cohort', locale: 'nl' } as const;
    const { pieces } = await cohortFiles.file(db, db, trainer, to, asked, database);
    shown[file] = (await Array.fromAsync(pieces)).join('');
  }
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, withoutPassing(value)]));
}

/** Without ids, and without the moments at which things were done. */
function withoutPassing(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, (_, one: unknown) => withEntries(one));
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

function withEntries(value: unknown): unknown {
  if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>)];
  return value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value;
}

it(
  'leaves no trace of a report that is not released, while the others are, one after another',
  { timeout: 120_000 },
  async () => {
    const [one, other] = [await worldOf(false), await worldOf(true)];
    for (let school = 0; school < SCHOOLS; school += 1) {
      const [shown, otherwise] = [await step(one, school), await step(other, school)];
      const alike = Object.keys(shown).filter((name) => shown[name] === otherwise[name]);
      // Once it is released it is in all of it: the trace could have been seen.
      expect([school, alike]).toEqual([school, school < KEPT_BACK ? Object.keys(shown) : []]);
    }
  },
);

describe('an ambition, to a steering group', () => {
  const FEW = 6;
  const codes = shippedInstrument().competencies.flatMap((one) => (one.code === 'C1' ? aspectsOf(one) : []));
  /** More than half of a competency. */
  const most = codes.map(({ code }) => code).slice(0, Math.ceil(codes.length / 2) + 1);
  /** One IB'er cannot judge these in T1, so that school is in the competency's change, and not in the ambition's. */
  const notJudged = new Set(most.slice(0, Math.floor(most.length / 2) + 1));

  /** Six schools; `answers` says what the IB'er of the last one gives, undefined for who does not fill in. */
  async function steered(given: ((code: string) => number | null | undefined)[]) {
    const { db } = await testApp();
    const cohort = await make.makeCohort(db);
    for (let school = 0; school < FEW; school += 1) await make.addSeries(db, cohort, { teachers: 0 });
    const programmeId = await wishIn(db, cohort, most);
    for (const [round, last] of given.entries()) {
      const { id, invited } = await make.openRound(db, cohort, { name: `T${round}` });
      const series = [...new Set(invited.map(({ seriesId }) => seriesId))].toSorted();
      for (const person of invited) {
        const isLast = series.indexOf(person.seriesId) === FEW - 1;
        if (isLast && last('') === undefined) continue;
        const usual = 2 + ((round + series.indexOf(person.seriesId)) % 3);
        await make.fillAndSubmit(db, person, (code) => {
          const own = isLast && person.role === 'ib' ? last(code) : usual;
          return own === undefined ? null : own;
        });
      }
      await closeAndRelease(db, cohort, id);
    }
    const steering = { ...cohort.trainer, cohortIds: [], programmeIds: [programmeId] };
    const [own] = (await programmes.course(db, steering, programmeId, new Date())).cohorts;
    const since = own?.ambitions[0]?.since ?? [];
    return {
      competency: own?.sinceStart.map(({ changes }) => changes.find(isOf('C1'))?.n),
      ib: since.map(({ changes }) => changes.find(({ view }) => view === 'ib')),
      director: since.map(({ changes }) => changes.find(({ view }) => view === 'director')),
    };
  }

  const isOf = (code: string) => (one: { view: View; competency: string }) =>
    one.view === 'ib' && one.competency === code;

  async function closeAndRelease(db: Db, cohort: make.TestCohort, id: string): Promise<void> {
    await rounds.close(db, cohort.trainer, id);
    await release(db, cohort, id, 0, FEW);
  }

  it('is withheld over five of the six schools that a competency is told over which has most of its aspects', async () => {
    const found = await steered([() => 3, (code) => (notJudged.has(code) ? null : 4)]);
    expect(found.competency).toEqual([FEW]);
    expect(found.ib).toMatchObject([{ n: 5, change: null, from: null, bands: null, reason: 'hidden_cells' }]);
    expect(found.director).toMatchObject([{ n: 6, change: expect.any(Number), from: expect.any(Number) }]);
  });

  it('keeps its start to itself where an earlier round told that of all schools but one', async () => {
    const found = await steered([() => 3, () => undefined, () => 4]);
    expect(found.ib).toMatchObject([
      { n: 5, from: expect.any(Number), change: expect.any(Number) },
      { n: 6, from: null, to: null, change: expect.any(Number), withheldStart: 'hidden_cells' },
    ]);
  });
});
