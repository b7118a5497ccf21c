import { beforeEach, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import type { UserActor } from '#lib/permissions.ts';
import { STEP_LENGTH, TEXT_LENGTH } from '#lib/programme/action-plan.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import * as cohortMaking from '#lib/server/programmes/new-cohort-service.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { clearAgain } from '#lib/server/retention/run-service.ts';
import { errorText } from '#lib/text/errors.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { joinedAt } from '../support/sessions.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const NOW = new Date('2026-11-26T10:00:00Z');
/** People are made now: a cohort is cleared after that. */
const TOMORROW = addDays(dayOf(new Date()), 1);
const step = (text: string, onDay: string | null = null) => ({ id: null, text, onDay });
const GIVEN = {
  ...{ goal: 'Ouders vertellen uit zichzelf wat thuis helpt.', help: 'Joost kijkt mee.', signs: 'Ik bel eerder.' },
  steps: [step('Ik bel morgen een ouder.', '2026-11-27'), step('Ik vraag wat al lukte.')],
};

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;
let ib: UserActor;
let director: UserActor;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort, { school: 'De Wingerd' });
  round = await make.openRound(db, cohort);
  [ib, director] = [await accountOf('ib'), await accountOf('director')];
});

async function accountOf(role: 'ib' | 'director' | 'teacher'): Promise<UserActor> {
  const { personId } = make.inRole(round.invited, role);
  return accounts.actorOf(db, await accounts.userOfPerson(db, cohort.trainer, personId));
}

const save = (given: Partial<actionPlans.GivenPlan> = {}, seen = 0, actor = ib) =>
  actionPlans.save(db, actor, cohort.id, seen, { ...GIVEN, ...given }, NOW);
const planOf = async (actor = ib) => (await actionPlans.own(db, actor, cohort.id)).plan;
const shared = async (actor = cohort.trainer) => (await actionPlans.listShared(db, actor, cohort.id)).plans;

describe('an action plan', () => {
  it('is of an IB’er or director who takes part, each their own, and of nobody else', async () => {
    expect(await actionPlans.listOwn(db, ib)).toMatchObject([{ id: cohort.id }]);
    await save();
    expect(await planOf()).toMatchObject({ ...GIVEN, version: 1, sharedAt: null, steps: [{ doneAt: null }, {}] });
    expect(await planOf(director)).toBeNull();
    const admin = await make.makeTrainer(db, { admin: true });
    for (const other of [await accountOf('teacher'), cohort.trainer, admin]) {
      await expect(planOf(other)).rejects.toEqual(refused('not_found'));
      await expect(save({}, 0, other)).rejects.toEqual(refused('not_found'));
    }
  });

  it('is read by the cohort’s trainers while its writer shares it, and by no other trainer', async () => {
    await save();
    expect(await shared()).toEqual([]);
    await actionPlans.share(db, ib, cohort.id, true, NOW);
    await actionPlans.share(db, ib, cohort.id, true, NOW);
    expect(await shared()).toMatchObject([{ name: 'Marloes Hendriks', schools: ['De Wingerd'], goal: GIVEN.goal }]);
    await expect(shared(await make.makeTrainer(db, { admin: true }))).rejects.toEqual(refused('forbidden'));
    await actionPlans.share(db, ib, cohort.id, false, NOW);
    expect(await shared()).toEqual([]);
  });

  it('keeps a step done while the rest is changed, and lets it be undone', async () => {
    await save();
    const [first, second] = (await planOf())?.steps ?? [];
    const stepId = first?.id ?? '';
    await actionPlans.tick(db, ib, cohort.id, { stepId, isDone: true }, NOW);
    const kept = { id: stepId, text: 'Ik bel morgen twee ouders.', onDay: null };
    await save({ steps: [{ ...step('Eerst dit.') }, kept] }, 1);
    expect((await planOf())?.steps).toMatchObject([
      { text: 'Eerst dit.', doneAt: null },
      { id: stepId, text: 'Ik bel morgen twee ouders.', doneAt: NOW.toISOString() },
    ]);
    await actionPlans.tick(db, ib, cohort.id, { stepId, isDone: false }, NOW);
    expect((await planOf())?.steps[1]?.doneAt).toBeNull();
    const gone = actionPlans.tick(db, ib, cohort.id, { stepId: second?.id ?? '', isDone: true }, NOW);
    await expect(gone).rejects.toEqual(refused('not_found'));
    await save({}, 0, director);
    const others = actionPlans.tick(db, director, cohort.id, { stepId, isDone: true }, NOW);
    await expect(others).rejects.toEqual(refused('not_found'));
  });

  it('that names one step twice keeps the first and stores the other as a new one', async () => {
    await save();
    const id = (await planOf())?.steps[0]?.id ?? '';
    const named = (text: string) => ({ id, text, onDay: null });
    await save({ steps: [named('Ik bel vandaag.'), named('En morgen weer.')] }, 1);
    const steps = (await planOf())?.steps ?? [];
    expect(steps.map(({ text }) => text)).toEqual(['Ik bel vandaag.', 'En morgen weer.']);
    expect(steps.map((each) => each.id === id)).toEqual([true, false]);
  });

  it('sent twice is stored once, and another window is told that it was changed', async () => {
    await Promise.all([save(), save()]);
    await save({}, 0);
    expect(await planOf()).toMatchObject({ version: 1 });
    await save({ goal: 'Iets anders' }, 1);
    await expect(save({ goal: 'Nog iets anders' }, 1)).rejects.toEqual(refused('changed_meanwhile'));
    await expect(save({ goal: 'x'.repeat(TEXT_LENGTH + 1) }, 2)).rejects.toEqual(refused('comment_too_long'));
    await expect(save({ steps: [step('x'.repeat(STEP_LENGTH + 1))] }, 2)).rejects.toEqual(refused('comment_too_long'));
    await expect(actionPlans.remove(db, ib, cohort.id, 1)).rejects.toEqual(refused('changed_meanwhile'));
    await actionPlans.remove(db, ib, cohort.id, 2);
    await actionPlans.remove(db, ib, cohort.id, 2);
    expect(await planOf()).toBeNull();
  });

  it('is in the log when it begins, is shared and goes, without a word of it', async () => {
    await save();
    await save({ goal: 'Anders' }, 1);
    await actionPlans.share(db, ib, cohort.id, true, NOW);
    await actionPlans.share(db, ib, cohort.id, false, NOW);
    await actionPlans.remove(db, ib, cohort.id, 2);
    const lines = await db.selectFrom('audit_event').selectAll().where('action', 'like', 'action_plan.%').execute();
    expect(lines.map(({ action, actor_user_id, detail }) => [action.split('.')[1], actor_user_id, detail])).toEqual(
      ['made', 'shared', 'share_ended', 'removed'].map((action) => [action, ib.userId, '{}']),
    );
  });

  it('says the day that the cohort’s plan has for it, as long as that goes on', async () => {
    await templates.ensureShipped(db);
    const template = await templates.findNewest(db, 'samenwerken-met-ouders');
    const id = await cohortMaking.makeCohort(db, cohort.trainer, {
      ...{ name: 'Ouders', programme: 'Samenwerken met ouders', partnership: 'De Brug', trainerSeesSchools: false },
      start: { templateId: template?.id ?? '', startsOn: '2027-01-14', locale: 'nl' },
    });
    const trainer = await accounts.actorOf(db, { id: cohort.trainer.userId, name: cohort.trainer.name });
    const made = { ...cohort, id, trainer };
    await make.addSeries(db, made, { school: 'Daar' });
    const person = db.selectFrom('person').select('id').where('email', 'like', 'ib%').orderBy('created_at', 'desc');
    const writer = { ...ib, personId: (await person.executeTakeFirstOrThrow()).id };
    const readyOn = async () => (await actionPlans.own(db, writer, id)).readyOn;
    expect(await readyOn()).toBe('2027-04-08');
    const { assignments } = await plans.planOfCohort(db, id);
    const [only] = assignments;
    const seen = { id: only?.id ?? '', version: only?.version ?? 0 };
    const moved = { year: 1, title: 'Actieplan', about: '', dueOn: '2027-04-15', hours: 6 };
    await changes.saveAssignment(db, trainer, id, seen, moved);
    expect(await readyOn()).toBe('2027-04-15');
    await changes.setCancelled(db, trainer, id, 'assignment', { ...seen, version: seen.version + 1 }, true);
    expect(await readyOn()).toBeNull();
    expect((await actionPlans.own(db, ib, cohort.id)).readyOn).toBeNull();
  });
});

describe('what is kept of it', () => {
  it('stays its writer’s who left the cohort, and keeps a cohort from being deleted', async () => {
    await save();
    const [left] = await db.selectFrom('series').selectAll().execute();
    await series.leave(db, cohort.trainer, { seriesId: left?.id ?? '', version: left?.version ?? 0 }, NOW);
    expect(await planOf()).toMatchObject({ goal: GIVEN.goal });
    const other = await make.makeCohort(db, { trainer: cohort.trainer });
    await db.updateTable('action_plan').set({ cohort_id: other.id }).execute();
    expect(await removal.whatGoes(db, other.trainer, other.id)).toMatchObject({ kept: 'cohort_lived' });
  });

  it.each([
    ['nl', 'actieplan', /ziet .*dat je een plan hebt/],
    ['en', 'action plan', /see that you have a plan/],
  ] as const)('is among the reasons for that, so its page promises no more than is so (%s)', (locale, plan, known) => {
    expect(errorText('cohort_lived', locale)).toContain(plan);
    expect(m.action_plan_share_off({}, { locale })).not.toMatch(known);
  });

  it('is in the own data, as a sheet too', async () => {
    await save();
    const data = await personalData.own(db, ib, 'nl');
    expect(data.actionPlans).toMatchObject([{ goal: GIVEN.goal, steps: [{ onDay: '2026-11-27' }, { onDay: null }] }]);
    const sheet = personalData.sheetsOf(data, 'nl').find(({ name }) => name === 'Actieplan');
    expect(sheet?.table.flat()).toEqual(expect.arrayContaining([GIVEN.goal, GIVEN.help, '27-11-2026']));
    expect((await personalData.own(db, director, 'nl')).actionPlans).toEqual([]);
  });

  it('goes with whoever is erased, and with a cohort whose term is over; the others’ stay', async () => {
    const admin = await make.makeTrainer(db, { admin: true });
    const goals = async () => (await db.selectFrom('action_plan').select('goal').execute()).map(({ goal }) => goal);
    await save();
    await save({ goal: 'Van de directeur' }, 0, director);
    await erasure.erase(db, admin, ib.personId ?? '', 'Marloes Hendriks', NOW);
    expect(await goals()).toEqual(['Van de directeur']);
    await db.transaction().execute((trx) => clearAgain(trx, cohort.id, `${TOMORROW}T10:00:00.000Z`, 'kept'));
    expect(await goals()).toEqual([]);
    expect(await db.selectFrom('action_step').selectAll().execute()).toEqual([]);
    // Nobody writes in it any more.
    expect(await actionPlans.listOwn(db, director)).toEqual([]);
  });

  it('is written by who takes part in a cohort that goes on after it was cleared', async () => {
    const other = await make.makeCohort(db, { trainer: cohort.trainer });
    await db.transaction().execute((trx) => clearAgain(trx, other.id, `${TOMORROW}T10:00:00.000Z`, 'kept'));
    const { team } = await cohorts.getSeries(db, other.trainer, await make.addSeries(db, other));
    await joinedAt(db, other.id, `${addDays(TOMORROW, 1)}T10:00:00.000Z`);
    const writer = { ...ib, personId: team.find(({ role }) => role === 'ib')?.personId ?? '' };
    expect(await actionPlans.listOwn(db, writer)).toMatchObject([{ id: other.id }]);
    await actionPlans.save(db, writer, other.id, 0, GIVEN, NOW);
    expect((await actionPlans.own(db, writer, other.id)).plan).toMatchObject({ goal: GIVEN.goal });
  });
});
