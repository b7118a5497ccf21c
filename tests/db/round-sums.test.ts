import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { storeSums } from '#lib/server/reports/store-sums.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import { demoTrainer, openDemo } from '../support/demo.ts';
import * as make from '../support/factories.ts';

const OPERATOR = { kind: 'operator' } as const;
const NOW = new Date('2026-12-01T10:00:00Z');

/** What is stored of rounds as a whole. */
async function stored(db: Db) {
  const sums = await db.selectFrom('round_snapshot').select(['round_id', 'sums']).orderBy('round_id').execute();
  const changes = await db
    .selectFrom('round_change')
    .selectAll()
    .orderBy('from_round_id')
    .orderBy('to_round_id')
    .execute();
  return { sums, changes };
}

describe('the sums of the demonstration', () => {
  let db: Db;
  let trainer: UserActor;
  let large: reports.ClosedRound[];
  beforeAll(async () => {
    const database = await openDemo();
    db = database.db;
    trainer = await demoTrainer(db);
    const cohort = await db.selectFrom('cohort').select('id').where('name', 'like', 'Rivierenrand%').executeTakeFirst();
    large = (await reports.listClosed(db, trainer, cohort?.id ?? '')).filter(({ isPulse }) => !isPulse);
    return database.close;
  }, 60_000);

  const at = (index: number) => large[index]?.id ?? '';
  const figures = async (actor: UserActor | typeof OPERATOR = trainer) => {
    const found = await reports.roundFigures(db, actor, at(2));
    if (!found) throw new Error('the round has no figures');
    return found;
  };
  const director = async () =>
    (await figures()).views.find((one) => one.view === 'director' && one.competency === 'C1');

  it('are there for every closed round, and the change between each two', async () => {
    const { sums, changes } = await stored(db);
    expect(sums.map((row) => row.sums === null)).toEqual(sums.map(() => false));
    expect(changes).toHaveLength(6 + 3 + 3 + 1); // between each two of four closed rounds, a pulse among them, twice of three, and of the pairs' two
  });

  it('are made once for rounds that closed before there were sums', async () => {
    const before = await stored(db);
    await db.updateTable('round_snapshot').set({ sums: null }).execute();
    await db.deleteFrom('round_change').execute();
    expect(await reports.sumOldRounds(db)).toBe(before.sums.length);
    expect(await stored(db)).toEqual(before);
    expect(await reports.sumOldRounds(db)).toBe(0);
  });

  it('are the same where the other rounds were read before, and of a snapshot that changed since are as it is now', async () => {
    const before = await stored(db);
    const prepared = await reports.prepareSums(db, at(2));
    await storeSums(db, at(2), prepared);
    expect(await stored(db)).toEqual(before);
    const rows = db.selectFrom('snapshot').innerJoin('school_round', 'school_round.id', 'snapshot.school_round_id');
    const [one, other] = await rows
      .select(['snapshot.school_round_id as id', 'snapshot.document'])
      .where('school_round.round_id', '=', at(0))
      .execute();
    const put = (document = '') =>
      db
        .updateTable('snapshot')
        .set({ document })
        .where('school_round_id', '=', one?.id ?? '')
        .execute();
    await put(other?.document);
    await storeSums(db, at(2), prepared);
    const changed = await stored(db);
    expect(changed).not.toEqual(before);
    await storeSums(db, at(2));
    expect(await stored(db)).toEqual(changed);
    await put(one?.document);
    await storeSums(db, at(2));
    expect(await stored(db)).toEqual(before);
  });

  it('are for the trainer of the cohort, and nobody else', async () => {
    const stranger = await make.makeTrainer(db);
    const admin = { ...(await make.makeTrainer(db, { admin: true })), cohortIds: [] };
    for (const actor of [stranger, admin]) {
      const forbidden = { code: 'forbidden' };
      await expect(reports.roundFigures(db, actor, at(0))).rejects.toMatchObject(forbidden);
      await expect(reports.change(db, actor, at(0), at(1))).rejects.toMatchObject(forbidden);
      await expect(reports.comparable(db, actor, at(0))).rejects.toMatchObject(forbidden);
      const half = { ...trainer, cohortIds: [large[0]?.cohort.id ?? ''] };
      const [elsewhere] = (await reports.comparable(db, trainer, at(0))).elsewhere;
      await expect(reports.comparison(db, half, at(0), elsewhere?.id ?? '')).rejects.toMatchObject(forbidden);
    }
  });

  it('change goes forward, between rounds of one cohort', async () => {
    expect((await reports.change(db, trainer, at(0), at(2))).views).toHaveLength(12);
    await expect(reports.change(db, trainer, at(2), at(0))).rejects.toMatchObject({ code: 'not_found' });
    await expect(reports.change(db, trainer, at(0), at(0))).rejects.toMatchObject({ code: 'not_found' });
    await expect(reports.comparison(db, trainer, at(0), at(1))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('there are none while a round is open', async () => {
    const open = await db.selectFrom('round').select('id').where('status', '=', 'open').executeTakeFirstOrThrow();
    expect(await reports.roundFigures(db, trainer, open.id)).toBeNull();
    await expect(reports.comparable(db, trainer, open.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stay when somebody is erased, and are kept from the operator, who could subtract the others', async () => {
    await db.updateTable('cohort').set({ trainer_sees_schools: 0 }).execute();
    const before = await stored(db);
    const shown = await director();
    const change = async (actor: UserActor | typeof OPERATOR) =>
      (await reports.change(db, actor, at(0), at(2))).views.find((one) => one.view === 'director');
    expect(await change(OPERATOR)).toMatchObject({ status: 'ok' });
    const admin = await make.makeTrainer(db, { admin: true });
    const submitted = (round: string) =>
      db
        .selectFrom('response')
        .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
        .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
        .select('invitation.person_id')
        .where('response.status', '=', 'submitted')
        .where('invitation.role', '=', 'director')
        .where('school_round.round_id', '=', round);
    const somebody = await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', 'in', submitted(at(0)))
      .where('id', 'in', submitted(at(2)))
      .executeTakeFirstOrThrow();
    await erasure.erase(db, admin, somebody.id, somebody.name ?? '', NOW);

    expect(await stored(db)).toEqual(before);
    expect(await director()).toEqual(shown);
    // The operator reads the other schools on other lines, and so does a trainer with the setting.
    const ofOperator = (await figures(OPERATOR)).views.find((one) => one.view === 'director');
    expect(ofOperator).toMatchObject({ mean: null, low: null, sd: null, reason: 'hidden_cells' });
    expect(await change(OPERATOR)).toMatchObject({ status: 'suppressed', change: null, reason: 'hidden_cells' });
    // The same of what closed before there were sums: they are made without the erased, whose scores N still holds.
    const noise = async () =>
      (await figures(OPERATOR)).clarity.flatMap(({ aspect, N }) => (N === null ? [] : [aspect]));
    const withNoise = await noise(); // which this director did not judge
    await db.updateTable('round_snapshot').set({ sums: null }).execute();
    await db.deleteFrom('view_gone').execute();
    await reports.sumOldRounds(db);
    expect((await noise()).filter((code) => !withNoise.includes(code))).toEqual([]);
    expect((await figures(OPERATOR)).views.find((one) => one.view === 'director')).toMatchObject({
      n: (shown?.n ?? 0) - 1,
    });
    // A trainer with the setting reads the others' reports and has a picture of those: what went is in none of them.
    await db.updateTable('cohort').set({ trainer_sees_schools: 1 }).execute();
    expect(await director()).toMatchObject({ n: (shown?.n ?? 0) - 1 });
  });
});

describe('the sums of a round', () => {
  let db: Db;
  let cohort: make.TestCohort;
  beforeEach(async () => {
    db = await testDatabase();
    cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort, { school: 'De Wingerd', teachers: 1 });
  });

  it('go when it opens once more, and so does its change; a later closing makes both anew', async () => {
    const [first, second] = [await make.openRound(db, cohort), await make.openRound(db, cohort)];
    await rounds.close(db, cohort.trainer, second.id);
    await rounds.close(db, cohort.trainer, first.id); // late: the change to the later round is made all the same
    expect((await stored(db)).changes).toMatchObject([{ from_round_id: first.id, to_round_id: second.id }]);
    await rounds.reopen(db, cohort.trainer, cohort.secret, second.id, '2999-01-01');
    expect(await stored(db)).toMatchObject({ changes: [], sums: [{ round_id: first.id }] });
    await rounds.close(db, cohort.trainer, second.id);
    expect((await stored(db)).changes).toHaveLength(1);
  });
});
