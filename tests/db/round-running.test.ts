import { beforeEach, describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import { follow } from '#lib/server/rounds/follow-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  other = await make.makeCohort(db);
  await make.addSeries(db, cohort);
});

const mails = (template: 'invitation' | 'receipt' | 'report_released') =>
  db.selectFrom('mail').selectAll().where('template', '=', template).execute();
/** As if all that waits had gone out. */
const allSent = () => db.updateTable('mail').set({ status: 'sent', sent_at: '2026' }).execute();
const actionsOn = async (id: string) => {
  const events = await db.selectFrom('audit_event').select('action').where('object_id', '=', id).execute();
  return events.map(({ action }) => action);
};
const invent = () => db.insertInto('demonstration').values({ kind: 'cohort', object_id: cohort.id }).execute();
/** A day that has not come yet, in the year after the clock of this machine. */
const ahead = (month: number) => `${new Date().getUTCFullYear() + 1}-0${month}-10`;

describe('the dates of a round', () => {
  const change = (id: string, version: number, closesOn: string | null) =>
    rounds.changeDates(db, cohort.trainer, id, version, { opensOn: null, closesOn, reminds: true });

  it('are changed by whoever saw the newest ones, and nobody’s change is lost silently', async () => {
    const id = await make.planRound(db, cohort);
    await change(id, 1, ahead(3));
    await expect(change(id, 1, ahead(4))).rejects.toEqual(refused('changed_meanwhile'));
    expect(await rounds.get(db, cohort.trainer, id)).toMatchObject({ closesOn: ahead(3), version: 2 });
    expect(await actionsOn(id)).toContain('round.dates_changed');
  });

  it('extend a round while it is open, and leave the day that it opened on', async () => {
    const id = await make.planRound(db, cohort);
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    await expect(change(id, 1, ahead(3))).rejects.toEqual(refused('changed_meanwhile')); // it has opened since
    await rounds.changeDates(db, cohort.trainer, id, 2, { opensOn: ahead(5), closesOn: ahead(3), reminds: false });
    expect(await rounds.get(db, cohort.trainer, id)).toMatchObject({
      opensOn: null,
      closesOn: ahead(3),
      reminds: false,
    });
  });

  it('do not lie in the past, are the own trainer’s, and are fixed once the round is closed', async () => {
    const id = await make.planRound(db, cohort);
    await expect(change(id, 1, '2020-01-01')).rejects.toEqual(refused('round_dates_wrong'));
    const foreign = rounds.changeDates(db, other.trainer, id, 1, rounds.BY_HAND);
    await expect(foreign).rejects.toEqual(refused('forbidden'));
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    await rounds.close(db, cohort.trainer, id);
    await expect(change(id, 3, ahead(3))).rejects.toEqual(refused('round_closed'));
  });
});

describe('opening', () => {
  it('mails each person with an address once, however many forms there are', async () => {
    const second = await make.addSeries(db, cohort, { director: null });
    const [first] = await db.selectFrom('team_member').selectAll().where('role', '=', 'director').execute();
    await db
      .insertInto('team_member')
      .values({ id: 'both', series_id: second, person_id: first?.person_id ?? '', role: 'director', joined_at: '2026' })
      .execute();
    await db.updateTable('person').set({ email: null }).where('name', '=', 'Leerkracht 1').execute();
    const planned = await make.planRound(db, cohort);
    const counts = { forms: 10, people: 9, mails: 7 };
    expect(await rounds.previewOpening(db, cohort.trainer, planned)).toMatchObject(counts);
    const { id, invited } = await make.openRound(db, cohort);
    expect(invited).toHaveLength(10);
    const sent = await mails('invitation');
    expect(sent).toHaveLength(7); // nine people, of whom two have no address
    expect(sent.every(({ once_key, person_id }) => once_key === `invitation:${id}:${person_id}`)).toBe(true);
  });

  it('mails who is added later, also about a second form', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const series = await make.addSeries(db, cohort);
    expect(await mails('invitation')).toHaveLength(10);
    const teacher = make.inRole(invited, 'teacher');
    const person = await db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', teacher.personId)
      .executeTakeFirstOrThrow();
    const given = { name: person.name ?? '', email: person.email };
    await allSent();
    await participants.addRater(db, cohort.trainer, cohort.secret, series, 'teacher', given);
    const own = (await mails('invitation')).filter(({ person_id }) => person_id === teacher.personId);
    expect(own.map(({ round_id }) => round_id)).toEqual([id, id]);
  });

  it('mails who was mailed before about an IB’er who comes later, and not again while that mail waits', async () => {
    const { invited } = await make.openRound(db, cohort);
    const { personId } = make.inRole(invited, 'director');
    const person = await db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow();
    const statuses = async () => {
      const own = (await mails('invitation')).filter(({ person_id }) => person_id === personId);
      return own.map(({ status }) => status);
    };
    const addWithSameDirector = (number: number) =>
      participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
        school: { name: `School ${number}`, brin: null },
        ib: { name: 'Nieuwe IB’er', email: `nieuw${number}@school.example` },
        director: { name: person.name ?? '', email: person.email },
        teachers: [],
      });
    await addWithSameDirector(1);
    expect(await statuses()).toEqual(['waiting']); // it names both forms when it goes out
    await allSent();
    await addWithSameDirector(2);
    await addWithSameDirector(3);
    expect(await statuses()).toEqual(['sent', 'waiting']);
    await allSent();
    await addWithSameDirector(4);
    expect(await statuses()).toEqual(['sent', 'sent', 'waiting']);
  });

  it('mails nobody of an invented cohort', async () => {
    await invent();
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'ib'));
    await rounds.close(db, cohort.trainer, id);
    const [school] = await rounds.progress(db, cohort.trainer, id);
    await rounds.release(db, cohort.trainer, id, [school?.schoolRoundId ?? '']);
    expect((await rounds.previewOpening(db, cohort.trainer, await make.planRound(db, cohort))).mails).toBe(0);
    expect(await db.selectFrom('mail').selectAll().execute()).toEqual([]);
  });
});

describe('opening a submitted form again', () => {
  it('lets the rater change and send it again, with a receipt each time, and is logged', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const teacher = make.inRole(invited, 'teacher');
    const entered = await make.fillAndSubmit(db, teacher);
    expect(await responses.waitsAgain(db, entered.form)).toBe(false);
    await invitations.reopen(db, cohort.trainer, teacher.invitationId);
    const form = await make.reopen(db, entered);
    expect(form).toMatchObject({ status: 'started', writable: true, submittedAt: null });
    expect(await responses.waitsAgain(db, form)).toBe(true);
    const reopened = async () =>
      (await follow(db, cohort.trainer, id, null)).opened?.people.filter((each) => each.isReopened);
    expect(await reopened()).toMatchObject([{ invitationId: teacher.invitationId, status: 'started' }]);
    await answers.save(db, form, 'C1.01', make.answer({ score: 5 }), Date.now());
    await responses.submit(db, entered.responsePublicId, entered.sessionToken, new Date(Date.now() + 1000));
    expect(await responses.waitsAgain(db, await make.reopen(db, entered))).toBe(false);
    expect(await reopened()).toEqual([]);
    expect(await mails('receipt')).toHaveLength(2);
    expect(await actionsOn(teacher.invitationId)).toContain('response.reopened');
  });

  it('is refused for a form that was not submitted, after closing, and to another trainer', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const { invitationId } = make.inRole(invited, 'teacher');
    const reopen = () => invitations.reopen(db, cohort.trainer, invitationId);
    await expect(reopen()).rejects.toEqual(refused('rater_not_submitted'));
    await make.fillAndSubmit(db, make.inRole(invited, 'teacher'));
    await expect(invitations.reopen(db, other.trainer, invitationId)).rejects.toEqual(refused('forbidden'));
    await rounds.close(db, cohort.trainer, id);
    await expect(reopen()).rejects.toEqual(refused('round_not_open'));
  });

  it('never unlocks the scale question once the IB’er has looked back', async () => {
    await make.openRound(db, cohort);
    const { invited } = await make.openRound(db, cohort);
    const ib = make.inRole(invited, 'ib');
    const entered = await make.fillAndSubmit(db, ib);
    await answers.saveLookBack(db, entered.form, 'C1', 4, Date.now());
    await invitations.reopen(db, cohort.trainer, ib.invitationId);
    const form = await make.reopen(db, entered);
    const scale = { value: 8, notes: [] };
    await expect(answers.saveScale(db, form, 'C1', scale, Date.now())).rejects.toEqual(refused('scale_locked'));
    const page = { aspects: [], scales: [{ code: 'C1', before: { value: null, notes: [] }, after: scale }] };
    await expect(answers.savePage(db, form, page)).rejects.toEqual(refused('scale_locked'));
    await answers.save(db, form, 'C1.01', make.answer({ score: 5 }), Date.now());
  });
});

describe('receipts and released reports', () => {
  it('a receipt goes to a rater with an address only', async () => {
    const { invited } = await make.openRound(db, cohort);
    await db.updateTable('person').set({ email: null }).where('name', '=', 'Leerkracht 1').execute();
    for (const person of invited.filter(({ role }) => role === 'teacher')) await make.fillAndSubmit(db, person);
    expect(await mails('receipt')).toHaveLength(2);
  });

  it('a release is told to IB’er and director, and told again when it is released again', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, id);
    const [school] = await rounds.progress(db, cohort.trainer, id);
    const one = [school?.schoolRoundId ?? ''];
    await rounds.release(db, cohort.trainer, id, one);
    await rounds.release(db, cohort.trainer, id, one);
    const readers = ['director', 'ib'] as const;
    const people = readers.map((role) => make.inRole(invited, role).personId).sort();
    expect((await mails('report_released')).map(({ person_id }) => person_id).sort()).toEqual(people);
    await rounds.withdrawRelease(db, cohort.trainer, id, one);
    await rounds.release(db, cohort.trainer, id, one, new Date(Date.now() + 1000));
    expect(await mails('report_released')).toHaveLength(4);
  });
});

describe('the page of a round that runs', () => {
  it('counts by day and by mail, without a moment or address of a single person', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'ib'));
    await make.enter(db, make.inRole(invited, 'teacher'));
    const page = await follow(db, cohort.trainer, id, null);
    expect(page.days.at(-1)).toMatchObject({ begun: 2, submitted: 1 });
    expect(page.mails).toEqual({ waiting: 6, sent: 0, failed: 0, dropped: 0 }); // five invitations, a receipt
    expect(JSON.stringify([page.schools, page.opened])).not.toMatch(/@|startedAt|submittedAt|personId|score/);
    await expect(follow(db, other.trainer, id, null)).rejects.toEqual(refused('forbidden'));
  });
});

describe('what is due', () => {
  it('is told of the own cohorts only', async () => {
    await make.addSeries(db, other);
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'ib'));
    const theirs = await make.openRound(db, other);
    for (const [each, round] of [[cohort, id] as const, [other, theirs.id] as const])
      await rounds.close(db, each.trainer, round);
    await db.updateTable('person').set({ email: null }).where('name', '=', 'Marloes Hendriks').execute();
    expect(await today.due(db, cohort.trainer)).toMatchObject([
      { kind: 'release', roundId: id, count: 1 },
      { kind: 'no_address', cohortId: cohort.id, count: 1 },
    ]);
  });

  it('is no report without the IB’er’s own form: it opens only if she agrees, and says so before it is released', async () => {
    await make.addSeries(db, cohort);
    const { id, invited } = await make.openRound(db, cohort);
    const own = make.inRole(invited, 'ib');
    const director = invited.find(({ role, seriesId }) => role === 'director' && seriesId !== own.seriesId);
    if (!director) throw new Error('there is no second school');
    for (const rater of [own, director]) await make.fillAndSubmit(db, rater);
    await rounds.close(db, cohort.trainer, id);
    const { reports } = await rounds.releasable(db, cohort.trainer, id);
    expect(reports.map(({ submitted, hasOwnForm }) => [submitted, hasOwnForm]).sort()).toEqual([
      [1, false],
      [1, true],
    ]);
    expect(await today.due(db, cohort.trainer)).toMatchObject([{ kind: 'release', count: 1 }]);
  });

  it('is no report of a school where nobody submitted', async () => {
    const { id } = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, id);
    expect(await today.due(db, cohort.trainer)).toEqual([]);
  });
});
