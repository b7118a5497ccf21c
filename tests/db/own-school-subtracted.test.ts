import { expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import { roundFigures } from '#lib/server/reports/cohort-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

/** A cohort without the setting, whose trainer directs one of its schools. */
it('shows who is party to one of five schools no mean over the five, for the rest is what four gave', async () => {
  const db = await testDatabase();
  const cohort = await make.makeCohort(db);
  for (let school = 1; school <= 5; school += 1) await make.addSeries(db, cohort, { teachers: 0 });
  const { id, invited } = await make.openRound(db, cohort);
  for (const person of invited) await make.fillAndSubmit(db, person);
  await rounds.close(db, cohort.trainer, id);
  const schools = await rounds.progress(db, cohort.trainer, id);
  const shown = schools.map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, shown);
  const meansFor = async (actor: UserActor) => {
    const { views = [] } = (await roundFigures(db, actor, id)) ?? {};
    return views.filter(({ view, mean }) => view !== 'teacher' && mean !== null).length;
  };
  const { userId, name } = cohort.trainer;
  expect(await meansFor(cohort.trainer)).toBe(8);
  const { personId } = make.inRole(invited, 'director');
  await db.updateTable('person').set({ user_id: userId }).where('id', '=', personId).execute();
  const party = await accounts.actorOf(db, { id: userId, name });
  expect(party.personId).toBe(personId);
  expect(await meansFor(party)).toBe(0);
});

/** A director who reads the report of T0 and is replaced before T1, in the steering group or the trainer of the cohort. */
it('keeps off whoever knows one of five schools in the earlier round their change since then, with its start', async () => {
  const db = await testDatabase();
  const cohort = await make.makeCohort(db);
  const { trainer, secret } = cohort;
  const series: string[] = [];
  for (let school = 1; school <= 5; school += 1) series.push(await make.addSeries(db, cohort, { teachers: 0 }));
  const measure = async () => {
    const { id, invited } = await make.openRound(db, cohort);
    for (const person of invited) await make.fillAndSubmit(db, person);
    await rounds.close(db, trainer, id);
    const schools = await rounds.progress(db, trainer, id);
    const shown = schools.map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, trainer, id, shown);
    return id;
  };
  const from = await measure();
  const [own = ''] = series;
  const director = (await cohorts.getSeries(db, trainer, own)).team.find(({ role }) => role === 'director');
  if (!director) throw new Error('the school has no director');
  await participants.removeRater(db, trainer, director.id);
  const successor = { name: 'Opvolger', email: 'opvolger@school.example' };
  await participants.addRater(db, trainer, secret, own, 'director', successor);
  const to = await measure();
  const { id: programmeId } = await db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
  const steering = { ...(await make.makeTrainer(db)), cohortIds: [], programmeIds: [programmeId] };
  const known = (changes: { view: string; change: number | null }[]) =>
    changes.filter(({ view, change }) => view === 'ib' && change !== null).length;
  const inCourse = async (actor: UserActor) => {
    const { cohorts: seen } = await programmes.course(db, actor, programmeId, new Date());
    const [since] = seen[0]?.sinceStart ?? [];
    const distances = since?.distances.filter(({ change }) => change !== null).length;
    return { changes: known(since?.changes ?? []), distances };
  };
  const inChange = async (actor: UserActor) => known((await reports.change(db, actor, from, to)).views);
  expect((await inCourse(steering)).changes).toBe(4);
  expect(await inChange(trainer)).toBe(4);
  const party = { personId: director.personId };
  expect(await inCourse({ ...steering, ...party })).toEqual({ changes: 0, distances: 0 });
  expect(await inChange({ ...trainer, ...party })).toBe(0);
});
