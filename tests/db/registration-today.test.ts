import { beforeEach, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { giveAll, NOW, openRegistration, register, school } from '../support/registering.ts';

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
});

const due = async (at = NOW) => (await today.due(db, cohort.trainer, at)).map(({ kind, count }) => `${kind} ${count}`);

it('the first page says who can get a place, who waits unknowingly, and when a place came free', async () => {
  const token = await openRegistration(db, cohort, { maxPeople: 2 });
  expect(await due()).toEqual([]);
  const first = await register(db, cohort, token, school('De Klimop', { pair: true }));
  await register(db, cohort, token, school('De Linde', { pair: true }), new Date(NOW.getTime() + 1000));
  expect(await due()).toEqual(['place_wait 1']);
  await giveAll(db, cohort);
  expect(await due()).toEqual([]);
  await register(db, cohort, token, school('De Eik', { pair: true }), new Date(NOW.getTime() + 2000));
  expect(await due()).toEqual(['place_none 1']);
  await giveAll(db, cohort);

  await withdrawing.withdrawOwn(db, cohort.secret, first.id, first.token, NOW);
  expect(await due()).toEqual(['place_free 1']);
});

it('it tells of a minimum in the last week, counts who was added by hand, and says nothing of others’ cohorts', async () => {
  await openRegistration(db, cohort, { minPeople: 2, lastOn: '2026-11-27' });
  expect(await today.due(db, cohort.trainer, NOW)).toMatchObject([
    { kind: 'registration_below', count: 0, least: 2, day: '2026-11-27', cohortName: 'Cohort Oost' },
  ]);
  expect(await today.due(db, await make.makeTrainer(db), NOW)).toEqual([]);
  await make.addSeries(db, cohort);
  expect(await due()).toEqual([]);
  await registrations.setClosed(db, cohort.trainer, cohort.id, true, NOW);
  expect(await due()).toEqual([]);
});
