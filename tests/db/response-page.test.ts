import type { KyselyPlugin } from 'kysely';
import { describe, expect, it } from 'vitest';
import { follow, pulse } from '#lib/server/rounds/follow-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

/** A database that notes each statement that was run. */
function counting() {
  const seen: unknown[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result, queryId }) => {
      seen.push(queryId);
      return Promise.resolve(result);
    },
  };
  return { seen, plugin };
}

describe('a round of forty schools', () => {
  it('opens within a second, and is followed with two queries besides the one about the right to see it, and a third for the people of a school', async () => {
    const db = await testDatabase();
    const cohort = await make.makeCohort(db);
    for (let school = 0; school < 40; school += 1) await make.addSeries(db, cohort, { teachers: 4 });
    const id = await make.planRound(db, cohort);
    const start = performance.now();
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    expect(performance.now() - start).toBeLessThan(1000);
    const mails = await db.selectFrom('mail').select('id').execute();
    expect(mails).toHaveLength(240);

    const { seen, plugin } = counting();
    const counted = db.withPlugin(plugin);
    await follow(counted, cohort.trainer, id, null); // the list of the round is read once, and remembered
    seen.length = 0;
    const page = await follow(counted, cohort.trainer, id, null);
    expect(page.schools).toHaveLength(40);
    expect(page.schools[0]?.forms.teacher).toEqual({ asked: 4, begun: 0, submitted: 0 });
    expect(seen).toHaveLength(1 + 2);

    seen.length = 0;
    const school = page.schools[7]?.schoolRoundId ?? '';
    const { opened } = await follow(counted, cohort.trainer, id, school);
    expect(opened?.people).toHaveLength(6);
    expect(seen).toHaveLength(1 + 3);

    seen.length = 0;
    const before = await pulse(counted, cohort.trainer, id);
    expect(seen).toHaveLength(1 + 2);
    expect((await pulse(db, cohort.trainer, id)).state).toBe(before.state);
    const [person] = await make.listInvited(db, cohort, id);
    if (person) await make.enter(db, person);
    expect((await pulse(db, cohort.trainer, id)).state).not.toBe(before.state);
  });

  it('is opened by statements that do not grow with the schools', async () => {
    const countOf = async (schools: number) => {
      const db = await testDatabase();
      const cohort = await make.makeCohort(db);
      for (let school = 0; school < schools; school += 1) await make.addSeries(db, cohort);
      const id = await make.planRound(db, cohort);
      const { seen, plugin } = counting();
      await rounds.open(db.withPlugin(plugin), cohort.trainer, cohort.secret, id);
      return seen.length;
    };
    expect(await countOf(12)).toBe(await countOf(2));
  });

  it('and what is due in all cohorts takes six queries, the last two for what their plans have', async () => {
    const db = await testDatabase();
    const trainer = await make.makeTrainer(db);
    await make.makeCohort(db, { trainer });
    const { trainer: own } = await make.makeCohort(db, { trainer });
    const { seen, plugin } = counting();
    await today.due(db.withPlugin(plugin), own);
    expect(own.cohortIds).toHaveLength(2);
    expect(seen).toHaveLength(6);
  });
});
