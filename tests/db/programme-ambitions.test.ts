import { beforeAll, describe, expect, it, vi } from 'vitest';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import { changeCohort } from '#lib/server/programmes/cohort-change-service.ts';
import { makeCohort } from '#lib/server/programmes/new-cohort-service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { sumAmbitionsOfCohort, sumMissingAmbitions } from '#lib/server/reports/service.ts';
import { demoAccount, demoTrainer, openDemo } from '../support/demo.ts';

const OPERATOR = { kind: 'operator' } as const;

describe('the ambitions of a programme', () => {
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

  const cohort = async (name: string, actor: Actor = steering) => {
    const { cohorts } = await programmes.course(db, actor, programmeId, new Date());
    const found = cohorts.find((one) => one.cohort.name.startsWith(name));
    if (!found) throw new Error(`no cohort ${name}`);
    return found;
  };
  const wish = async (title: string, aspects: string[], listKey = 'ib-180') => {
    const { cohort: own } = await cohort('Rivierenrand');
    const { stamp } = await ambitions.ofCohort(db, trainer, own.id);
    await ambitions.save(db, trainer, own.id, { stamp, id: null }, { title, listKey, aspects });
  };
  const named = async (name: string, title: string, actor: Actor = steering) =>
    (await cohort(name, actor)).ambitions.find((one) => one.title === title);

  it('that came with the template were summed as rounds closed, and before them as they came', async () => {
    for (const name of ['Rivierenrand', 'Kuststreek', 'De Venen']) {
      const { ambitions: own } = await cohort(name);
      expect(own.map(({ aspects, since }) => [aspects, since.map(({ asked }) => asked)])).toEqual([
        [47, [47, 47]],
        [9, [9, 9]],
        [12, [12, 12]],
        [5, [5, 5]],
      ]);
      const reasons = own.flatMap(({ since }) => since.flatMap(({ changes }) => changes.map(({ reason }) => reason)));
      expect(reasons).not.toContain('not_recorded');
    }
  });

  it('say of the aspects of a competency what that competency says', async () => {
    const competency = shippedInstrument().competencies.find(({ code }) => code === 'C3');
    const aspects = competency ? aspectsOf(competency).map(({ code }) => code) : [];
    await wish('Heel C3', aspects);
    for (const actor of [steering, OPERATOR]) {
      const { sinceStart } = await cohort('Rivierenrand', actor);
      const since = (await named('Rivierenrand', 'Heel C3', actor))?.since ?? [];
      expect(since).toHaveLength(2);
      for (const [index, { changes }] of since.entries()) {
        const own = sinceStart[index]?.changes.filter((one) => one.competency === 'C3');
        expect(changes).toMatchObject(
          own?.map(({ view, n, change, low, high, bands }) => ({ view, n, change, low, high, bands })) ?? [],
        );
        const levels = changes.filter(({ from }) => from !== null);
        for (const { from, to, change } of levels) expect((to ?? NaN) - (from ?? NaN)).toBeCloseTo(change ?? NaN, 9);
        expect(levels.length).toBeGreaterThan(0);
      }
    }
    const clear = (await named('Rivierenrand', 'Heel C3'))?.clarity ?? [];
    expect(clear.map(({ counted }) => counted)).toEqual(clear.map(() => aspects.length));
  });

  it('of fewer than three aspects are not told to who reads totals only', async () => {
    await wish('Eén ding', ['C1.01']);
    const since = (await named('Rivierenrand', 'Eén ding'))?.since.at(-1);
    expect(since?.changes.map(({ change, bands, reason }) => [change, bands, reason])).toEqual(
      Array(3).fill([null, null, 'too_few_aspects']),
    );
    expect(since?.distances.map(({ change, reason }) => [change, reason])).toEqual(
      Array(3).fill([null, 'too_few_aspects']),
    );
    expect((await named('Rivierenrand', 'Eén ding'))?.clarity.at(-1)).toMatchObject({ reason: 'too_few_aspects' });
    const all = (await named('Rivierenrand', 'Eén ding', OPERATOR))?.since.at(-1);
    expect(all?.changes.some(({ change }) => change !== null)).toBe(true);
  });

  it('of a list that the rounds did not ask say so', async () => {
    const other = (await instruments.list(db)).find(({ key }) => key === 'samenwerken-onder-spanning');
    const { aspectIds } = await instruments.load(db, other?.id ?? '');
    await wish('Elders', [...aspectIds.keys()].slice(0, 3), other?.key);
    const since = (await named('Rivierenrand', 'Elders'))?.since.at(-1);
    expect(since?.changes.map(({ reason }) => reason)).toEqual(Array(3).fill('not_asked'));
  });

  it('are gone from a cohort that leaves the programme, and there again when it is back', async () => {
    const { cohort: own } = await cohort('Kuststreek');
    const before = (await cohort('Kuststreek')).ambitions;
    const move = async (programme: string) => {
      const { version } = await db
        .selectFrom('cohort')
        .select('version')
        .where('id', '=', own.id)
        .executeTakeFirstOrThrow();
      const to = { programme, partnership: await partnership() };
      await changeCohort(db, trainer, own.id, version, { name: own.name, programme: to, trainerSeesSchools: false });
    };
    const stored = async () => {
      const rows = await db
        .selectFrom('round_change')
        .innerJoin('round', 'round.id', 'round_change.to_round_id')
        .select('round_change.document')
        .where('round.cohort_id', '=', own.id)
        .execute();
      return rows.map(({ document }) => (JSON.parse(document) as { ambitions?: unknown[] }).ambitions?.length);
    };
    const { name } = await db
      .selectFrom('programme')
      .select('name')
      .where('id', '=', programmeId)
      .executeTakeFirstOrThrow();
    await move('Een andere leergang');
    expect(await stored()).toEqual([0, 0, 0]);
    await move(name);
    expect((await cohort('Kuststreek')).ambitions).toEqual(before);
  });

  it('sum nothing for another title, and read no snapshot to take one away', async () => {
    const { cohort: own } = await cohort('Rivierenrand');
    const { ambitions: all } = await ambitions.ofCohort(db, trainer, own.id);
    const [first] = all;
    if (!first) throw new Error('there are no ambitions');
    const undo = new Error('undo');
    const stampIn = async (trx: Db) => (await ambitions.ofCohort(trx, trainer, own.id)).stamp;
    const work = db.transaction().execute(async (trx) => {
      await trx.updateTable('snapshot').set({ document: '{}' }).execute();
      await ambitions.remove(trx, trainer, own.id, { stamp: await stampIn(trx), id: all.at(-1)?.id ?? '' });
      await trx.updateTable('round_change').set({ document: '{}' }).execute();
      const seen = { stamp: await stampIn(trx), id: first.id };
      const { listKey, aspects } = first;
      await ambitions.save(trx, trainer, own.id, seen, { title: 'Anders', listKey, aspects: aspects.toReversed() });
      const changes = await trx.selectFrom('round_change').select('document').execute();
      expect(changes.filter(({ document }) => document !== '{}')).toEqual([]);
      throw undo;
    });
    await expect(work).rejects.toBe(undo);
  });

  it('are summed by a job where changes were stored without them, once, as they would have been at closing', async () => {
    const all = () =>
      db.selectFrom('round_change').selectAll().orderBy('from_round_id').orderBy('to_round_id').execute();
    const before = await all();
    expect(await sumMissingAmbitions(db)).toBe(0);
    for (const { from_round_id, to_round_id, document } of before) {
      const { ambitions: _, ...of } = JSON.parse(document) as { ambitions?: unknown[] };
      await db
        .updateTable('round_change')
        .set({ document: JSON.stringify(of) })
        .where('from_round_id', '=', from_round_id)
        .where('to_round_id', '=', to_round_id)
        .execute();
    }
    const since = (await named('Rivierenrand', 'Heel C3'))?.since ?? [];
    expect(since.map(({ changes }) => changes[0]?.reason)).toEqual(['not_recorded', 'not_recorded']);
    expect(await sumMissingAmbitions(db)).toBe(4);
    const plain = (rows: Awaited<ReturnType<typeof all>>) =>
      rows.map(({ document }) => ({ ambitions: [], ...(JSON.parse(document) as object) }));
    expect(plain(await all())).toEqual(plain(before));
    expect(await sumMissingAmbitions(db)).toBe(0);
  });

  it('have their snapshots read before the transaction in which they are summed', async () => {
    const rows = await db.selectFrom('snapshot').select('document').execute();
    const snapshots = new Set<unknown>(rows.map(({ document }) => document));
    const parse = vi.spyOn(JSON, 'parse');
    const begin = vi.spyOn(db, 'transaction');
    await wish('Eerst gelezen', ['C1.01', 'C2.01', 'C3.01']);
    const [text, begun = 0] = [parse.mock.calls, begin.mock.invocationCallOrder[0]];
    const read = parse.mock.invocationCallOrder.filter((_, index) => snapshots.has(text[index]?.[0]));
    vi.restoreAllMocks();
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((order) => order > begun)).toEqual([]);
    const reasons = (await named('Rivierenrand', 'Eerst gelezen'))?.since.map(({ asked }) => asked);
    expect(reasons).toEqual([3, 3]);
  });

  it('are summed at once where a new cohort gives the programme its ambitions after rounds closed', async () => {
    const { cohort: own } = await cohort('Rivierenrand');
    await db.deleteFrom('ambition').where('programme_id', '=', programmeId).execute();
    await sumAmbitionsOfCohort(db, own.id);
    const programme = db.selectFrom('programme').select('name').where('id', '=', programmeId);
    const { name } = await programme.executeTakeFirstOrThrow();
    const template = await templates.findNewest(db, 'de-excellent-communicerende-iber');
    await makeCohort(db, trainer, {
      ...{ name: 'Nieuw', partnership: await partnership(), programme: name, trainerSeesSchools: false },
      start: { templateId: template?.id ?? '', startsOn: '2026-09-03', locale: 'nl' },
    });
    const since = (await cohort('Rivierenrand')).ambitions.flatMap((one) => one.since);
    expect(since.length).toBeGreaterThan(0);
    expect(since.flatMap(({ changes }) => changes).map(({ reason }) => reason)).not.toContain('not_recorded');
  });

  const partnership = async () =>
    (
      await db
        .selectFrom('partnership')
        .innerJoin('programme', 'programme.partnership_id', 'partnership.id')
        .select('partnership.name')
        .where('programme.id', '=', programmeId)
        .executeTakeFirstOrThrow()
    ).name;
});
