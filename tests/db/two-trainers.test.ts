import { beforeEach, describe, expect, it } from 'vitest';
import * as schools from '#lib/server/cohorts/school-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import { pulse } from '#lib/server/rounds/follow-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as service from '#lib/server/participants/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const changedMeanwhile = expect.objectContaining({ name: 'DomainError', code: 'changed_meanwhile' });
const now = new Date('2026-11-26T09:00:00Z');
const els = { name: 'Els', email: 'els@school.example' };

let db: Db;
let cohort: make.TestCohort;
/** A second trainer of the same cohort. */
let second: UserActor;
let id: string;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  second = { ...(await make.makeTrainer(db)), cohortIds: [cohort.id] };
  id = await make.addSeries(db, cohort, { school: 'De Wingerd', teachers: 2 });
});

const team = () => cohorts.getSeries(db, second, id);
const memberOf = async (role: string) => (await team()).team.find((member) => member.role === role)?.id ?? '';
/** The team as the first trainer has it on the screen. */
async function seen(role: string) {
  return { seriesId: id, memberId: await memberOf(role), version: (await team()).version };
}
const add = (actor: UserActor, name: string) =>
  service.addRater(db, actor, cohort.secret, id, 'teacher', { name, email: null });
const remove = async (actor: UserActor, at: Awaited<ReturnType<typeof seen>>) =>
  service.removeRater(db, actor, at.memberId, at);
const importOne = (actor: UserActor, name: string) =>
  imports.add(db, actor, cohort.secret, cohort.id, `school;rol;naam;e-mail\nDe Wingerd;leerkracht;${name};`);

describe('of two trainers who have the same team open', () => {
  it('both may add somebody: nothing is lost', async () => {
    await Promise.all([add(cohort.trainer, 'Jan'), add(second, 'Kim'), importOne(second, 'Bo')]);
    const names = (await team()).team.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Jan', 'Kim', 'Bo']));
  });

  const changes: Record<string, () => Promise<unknown>> = {
    'adds somebody': () => add(second, 'Kim'),
    'adds somebody from a list': () => importOne(second, 'Kim'),
    'takes somebody out': async () => remove(second, await seen('teacher')),
    'replaces somebody': async () => people.replaceRater(db, second, cohort.secret, await seen('teacher'), els, now),
    'lets the IB’er stop and come back': async () => {
      await participants.leave(db, second, await seen('ib'), now);
      await participants.rejoin(db, second, cohort.secret, id, now);
    },
    'moves the school to another cohort and back': async () => {
      const to = await make.makeCohort(db);
      const actor = { ...second, cohortIds: [cohort.id, to.id] };
      await participants.move(db, actor, cohort.secret, await seen('ib'), to.id, now);
      const { version } = await cohorts.getSeries(db, actor, id);
      await participants.move(db, actor, cohort.secret, { seriesId: id, version }, cohort.id, now);
    },
  };
  it.each(Object.keys(changes))('the first is told when the second %s, whatever the first sends', async (name) => {
    const at = { ...(await seen('director')), version: (await team()).version };
    await changes[name]?.();
    const given = { name: 'X', email: 'x@school.example' };
    const sent: Promise<unknown>[] = [
      people.correct(db, cohort.trainer, cohort.secret, at, { ...given, language: 'nl' }, now),
      people.replaceRater(db, cohort.trainer, cohort.secret, at, given, now),
      remove(cohort.trainer, at),
      participants.leave(db, cohort.trainer, at, now),
      participants.move(db, cohort.trainer, cohort.secret, at, cohort.id, now),
      participants.succeed(db, cohort.trainer, cohort.secret, at, given, now),
      schools.changeSchool(db, cohort.trainer, id, at.version, { name: 'X', brin: null }),
    ];
    for (const outcome of await Promise.allSettled(sent)) {
      expect(outcome).toEqual({ status: 'rejected', reason: changedMeanwhile });
    }
  });

  it('the first is told when the second chose how a school’s teachers are protected, here and at the dates', async () => {
    const roundId = await make.planRound(db, cohort);
    const [school] = await rounds.progress(db, cohort.trainer, roundId);
    const schoolRoundId = school?.schoolRoundId ?? '';
    const { version } = await rounds.get(db, cohort.trainer, roundId);
    const before = await pulse(db, cohort.trainer, roundId);
    await rounds.chooseMode(db, second, schoolRoundId, 'open', 'protected');
    const late = rounds.chooseMode(db, cohort.trainer, schoolRoundId, 'protected', 'protected');
    await expect(late).rejects.toEqual(changedMeanwhile);
    expect((await rounds.progress(db, second, roundId))[0]?.mode).toBe('open');
    expect((await pulse(db, cohort.trainer, roundId)).state).not.toBe(before.state);
    const given = { opensOn: null, closesOn: '2099-12-11', reminds: true };
    await expect(rounds.changeDates(db, cohort.trainer, roundId, version, given)).rejects.toEqual(changedMeanwhile);
  });

  it('the first cannot delete what the second added to the cohort or changed in it meanwhile', async () => {
    for (const change of [
      () => make.addSeries(db, cohort, { school: 'De Els' }),
      () => make.planRound(db, cohort),
      () => add(second, 'Kim'),
      async () => {
        const [planned] = await rounds.list(db, cohort.id);
        const given = { opensOn: null, closesOn: '2099-12-11', reminds: true };
        await rounds.changeDates(db, second, planned?.id ?? '', planned?.version ?? 0, given);
      },
    ]) {
      const { version } = await removal.whatGoes(db, cohort.trainer, cohort.id);
      await change();
      await expect(removal.remove(db, cohort.trainer, cohort.id, version)).rejects.toEqual(changedMeanwhile);
    }
    const { version } = await removal.whatGoes(db, cohort.trainer, cohort.id);
    await removal.remove(db, cohort.trainer, cohort.id, version);
    expect(await cohorts.listOwn(db, cohort.trainer)).toEqual([]);
  });
});
