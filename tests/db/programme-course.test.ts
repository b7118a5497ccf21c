import { beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { demoAccount, demoTrainer, openDemo } from '../support/demo.ts';
import * as make from '../support/factories.ts';

const OPERATOR = { kind: 'operator' } as const;

describe('the course of a programme', () => {
  let db: Db;
  let trainer: UserActor;
  let steering: UserActor;
  let programmeId: string;
  beforeAll(async () => {
    const database = await openDemo();
    db = database.db;
    trainer = await demoTrainer(db);
    steering = await demoAccount(db, 'steering');
    programmeId = steering.programmeIds[0] ?? '';
    return database.close;
  }, 60_000);

  const course = (actor: Actor = steering) => programmes.course(db, actor, programmeId, new Date());
  const cohort = async (name: string, actor: Actor = steering) => {
    const found = (await course(actor)).cohorts.find((one) => one.cohort.name.startsWith(name));
    if (!found) throw new Error(`no cohort ${name}`);
    return found;
  };

  it('has each cohort beside the others, its whole rounds in order, each later one beside the first', async () => {
    const { cohorts, others } = await course();
    expect(cohorts.map(({ cohort: { name } }) => name.split(' ')[0])).toEqual(['De', 'Kuststreek', 'Rivierenrand']);
    expect(others).toBe(0);
    const large = await cohort('Rivierenrand');
    expect(large.rounds.map(({ name }) => name)).toEqual(['T0', 'T1', 'T2']);
    expect(large.sinceStart.map(({ from, to }) => `${from} ${to}`)).toEqual(['T0 T1', 'T0 T2']);
  });

  it('gives the operator the figures of cohort-report, unrounded', async () => {
    const { cohort: own, sinceStart } = await cohort('Rivierenrand', OPERATOR);
    const report = await reports.cohortReport(db, OPERATOR, own.id, 'T2', { from: 'T0' });
    const said = sinceStart.at(-1)?.changes.map(({ view, competency, n, status, change, low, high, gAv, dropped }) => ({
      ...{ view, competency, n, status, mean: change, ci_low: low, ci_high: high, g_av: gAv, dropped },
    }));
    expect(report.change).toMatchObject(said ?? []);
    expect(said?.length).toBe(12);
  });

  it('gives a steering group every change from five schools on, and a trainer not what a round’s means would undo', async () => {
    const withheld = async (actor: Actor) => {
      const { sinceStart } = await cohort('Kuststreek', actor); // its trainer reads no single schools

      return sinceStart.flatMap(({ changes }) => changes.filter(({ reason }) => reason === 'hidden_cells')).length;
    };
    expect(await withheld(steering)).toBe(0);
    expect(await withheld(trainer)).toBeGreaterThan(0);
    const text = JSON.stringify(await course());
    expect(text).not.toMatch(/"(before|after|units|of)":/);
  });

  it('withholds a start that beside another round’s would tell of the one who came back', async () => {
    const { sinceStart } = await cohort('Kuststreek');
    const [first, second] = sinceStart.map(({ lookBack }) => lookBack.find(({ competency }) => competency === null));
    expect([first?.n, second?.n]).toEqual([5, 6]);
    expect(first?.triple?.start).not.toBeNull();
    expect(second?.triple).toMatchObject({
      ...{ start: null, conventional: null, responseShift: null, withheldStart: 'hidden_cells' },
      ...{ now: { mean: expect.any(Number) }, adjusted: { mean: expect.any(Number) } },
    });
    const pair = sinceStart.map(({ distances }) => distances.find((one) => one.pair === 'ib_teacher'));
    expect(pair).toMatchObject([
      { n: 5, from: expect.any(Number) },
      { n: 6, from: null, to: null, change: expect.any(Number), withheldStart: 'hidden_cells' },
    ]);
  });

  it('counts each school of a change in one band', async () => {
    const { sinceStart } = await cohort('Rivierenrand');
    const known = sinceStart.flatMap(({ changes }) => changes).filter(({ change }) => change !== null);
    for (const { bands, n } of known) {
      expect(Object.values(bands ?? {}).reduce((sum, count) => sum + count, 0)).toBe(n);
    }
    expect(known.length).toBeGreaterThan(0);
  });

  it('has response, distances, the share of aspects understood alike, and the look-back', async () => {
    const { rounds, sinceStart } = await cohort('Rivierenrand');
    expect(rounds[0]?.response.byView?.director.invited).toBe(rounds[0]?.schools);
    for (const { clarity } of rounds) {
      expect(clarity.alike).not.toBeNull();
      expect(clarity.counted).toBeGreaterThan(80);
      expect(clarity.withNoise).toBe(true);
    }
    const latest = sinceStart.at(-1);
    const known = latest?.distances.filter(({ change }) => change !== null) ?? [];
    expect(known.length).toBeGreaterThan(0);
    const levels = known.filter(({ from }) => from !== null);
    for (const { change, from, to } of levels) expect(change).toBeCloseTo((to ?? NaN) - (from ?? NaN), 9);
    const overall = latest?.lookBack.find(({ competency }) => competency === null);
    const triple = overall?.triple;
    expect(overall?.n).toBeGreaterThanOrEqual(5);
    expect(triple?.conventional?.mean).toBeCloseTo(
      (triple?.adjusted.mean ?? NaN) + (triple?.responseShift?.mean ?? NaN),
      9,
    );
  });

  it('withholds everything of a cohort below five schools, with the reason', async () => {
    const { rounds, sinceStart } = await cohort('De Venen');
    expect(rounds.map(({ response, clarity }) => [response.reason, clarity.reason])).toEqual(
      rounds.map(() => ['too_few_schools', 'too_few_schools']),
    );
    for (const { changes, distances, lookBack } of sinceStart) {
      expect(changes.map(({ change, bands, reason }) => [change, bands, reason])).toEqual(
        changes.map(() => [null, null, 'too_few_schools']),
      );
      expect(distances.map(({ from, change, reason }) => [from, change, reason])).toEqual(
        distances.map(() => [null, null, 'too_few_schools']),
      );
      expect(lookBack.every(({ triple }) => triple === null)).toBe(true);
    }
    expect(sinceStart).toHaveLength(2);
  });

  it('is for the steering group, for trainers their own cohorts of it, for the operator, and nobody else', async () => {
    const [one] = (await course()).cohorts;
    const half = { ...trainer, cohortIds: [one?.cohort.id ?? ''] };
    expect((await course(half)).cohorts.map(({ cohort: { id } }) => id)).toEqual([one?.cohort.id]);
    expect((await course(half)).others).toBe(2);
    expect((await course(OPERATOR)).cohorts).toHaveLength(3);
    const stranger = await make.makeTrainer(db);
    const admin = { ...(await make.makeTrainer(db, { admin: true })), cohortIds: [] };
    const elsewhere = { ...steering, programmeIds: ['another'] };
    for (const actor of [stranger, admin, elsewhere]) {
      await expect(course(actor)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(programmes.course(db, steering, 'none', new Date())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says of what was summed before there were such figures that it was not recorded', async () => {
    await db.transaction().execute(async (trx) => {
      for (const { round_id: id, sums } of await trx.selectFrom('round_snapshot').selectAll().execute()) {
        const { response: _, ...before } = JSON.parse(sums ?? '{}') as Record<string, unknown>;
        await trx
          .updateTable('round_snapshot')
          .set({ sums: JSON.stringify(before) })
          .where('round_id', '=', id)
          .execute();
      }
      for (const row of await trx.selectFrom('round_change').selectAll().execute()) {
        const { distances: _, lookBack: __, ...before } = JSON.parse(row.document) as Record<string, unknown>;
        await trx
          .updateTable('round_change')
          .set({ document: JSON.stringify(before) })
          .where('from_round_id', '=', row.from_round_id)
          .where('to_round_id', '=', row.to_round_id)
          .execute();
      }
    });
    const { rounds, sinceStart } = await cohort('Rivierenrand');
    expect(rounds.map(({ response }) => response)).toEqual(
      rounds.map(() => ({ byView: null, reason: 'not_recorded' })),
    );
    for (const { distances, lookBack, changes } of sinceStart) {
      expect(distances.map(({ change, reason }) => [change, reason])).toEqual(VIEWS.map(() => [null, 'not_recorded']));
      expect(lookBack).toMatchObject([{ triple: null, reason: 'not_recorded' }]);
      expect(changes.some(({ change }) => change !== null)).toBe(true);
    }
  });
});
