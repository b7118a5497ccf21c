import { expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { roundFigures } from '#lib/server/reports/cohort-service.ts';
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
