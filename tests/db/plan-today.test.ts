import { beforeEach, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
  await make.addSeries(db, cohort);
  const at = (name: string, year: number, on_day: string) => ({ name, year, on_day, cohort_id: cohort.id });
  const plan = [at('T0', 1, '2026-09-01'), at('T1', 1, '2027-06-01'), at('T2', 2, '2028-06-01')];
  await db.insertInto('planned_round').values(plan).execute();
});

const due = async (day: string) => today.due(db, cohort.trainer, new Date(`${day}T10:00:00.000Z`));

it('the first page names a round of the plan that is near and was not planned, until it is', async () => {
  expect(await due('2026-08-10')).toEqual([]);
  expect(await due('2026-08-11')).toMatchObject([
    { kind: 'not_planned', cohortName: 'Cohort Oost', roundId: null, roundName: 'T0', day: '2026-09-01' },
  ]);
  expect(await due('2026-09-22'), 'its day is past').toMatchObject([{ kind: 'not_planned', roundName: 'T0' }]);
  expect(await due('2026-09-23')).toEqual([]);
  await make.planRound(db, cohort, { name: 'Nulmeting' });
  expect(await due('2026-08-11'), 'under another name').toEqual([]);
  expect(await due('2027-05-20')).toMatchObject([{ kind: 'not_planned', roundName: 'T1' }]);
});

it('and says nothing of one that was cancelled, or of cohorts of others', async () => {
  const isFirst = db.updateTable('planned_round').where('name', '=', 'T0');
  await isFirst.set({ cancelled_at: '2026-08-01T10:00:00.000Z' }).execute();
  expect(await due('2026-08-20')).toEqual([]);
  const other = await make.makeTrainer(db);
  expect(await today.due(db, other, new Date('2027-05-20T10:00:00.000Z'))).toEqual([]);
});
