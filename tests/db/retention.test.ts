import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import { runRetention } from '#lib/server/retention/run-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as wording from '#lib/server/wording/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { closedRound, type ClosedRound } from '../support/school-reports.ts';
import { mailServer } from '../support/smtp.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
/** A moment on a day, by the clock of Amsterdam in winter time. */
const at = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+01:00`);
const scores = { director: () => 4, ib: () => 5, teachers: [() => 3, () => 4, () => 4] };
/** Due on the last of January 2091. */
const policy: retention.Policy = { endsOn: '2090-01-31', months: 12, postponedUntil: null, answers: 'kept' };
const ANNOUNCED = at('2091-01-01');
const DUE = at('2091-01-31');

let db: Db;
let admin: UserActor;
let school: ClosedRound;
let unit: string;

beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  school = await closedRound(db, scores, { scales: { now: 6 } });
  const [only] = await retention.list(db, admin, ANNOUNCED);
  unit = only?.id ?? '';
  await db.updateTable('answer').set({ comment: 'Zij belt altijd terug.' }).execute();
  await db
    .updateTable('scale_answer')
    .set({ notes: JSON.stringify(['Zo ga ik verder.']) })
    .execute();
  await putRemark(school.schoolRoundId);
  await choose(unit, policy, ANNOUNCED);
});

/** As somebody who has the choice of now in sight. */
async function choose(id: string, chosen: retention.Policy, now: Date): Promise<void> {
  const { policy: held } = await retention.get(db, admin, id, now);
  await retention.change(db, admin, id, retention.versionOf(held), chosen, now);
}

async function putRemark(schoolRoundId: string): Promise<void> {
  const { document } = await snapshotOf(schoolRoundId);
  const remark = { role: 'director', competency: 'C1', aspect: null, text: 'Zij belt altijd terug.' };
  const withRemark = JSON.stringify({ ...document, remarks: [remark] });
  await db.updateTable('snapshot').set({ document: withRemark }).execute();
}

async function snapshotOf(id: string): Promise<{ document: Record<string, unknown> }> {
  const row = await db
    .selectFrom('snapshot')
    .select('document')
    .where('school_round_id', '=', id)
    .executeTakeFirstOrThrow();
  return { document: JSON.parse(row.document) as Record<string, unknown> };
}

async function clearAll(): Promise<void> {
  expect(await runRetention(db, ANNOUNCED)).toBe('announced 1, cleared 0');
  expect(await runRetention(db, DUE)).toBe('announced 0, cleared 1');
}

const people = () => db.selectFrom('person').selectAll().execute();
const mails = () => db.selectFrom('mail').selectAll().where('template', '=', 'trainer_summary').execute();
const announcements = async () => (await mails()).filter(({ about }) => about.includes('"retention"'));
const lines = (action: string) => db.selectFrom('audit_event').selectAll().where('action', '=', action).execute();

describe('when it is due', () => {
  it('names, addresses, remarks, notes, links and mail of the cohort go, and no figure changes', async () => {
    const before = await snapshotOf(school.schoolRoundId);
    const figures = () => db.selectFrom('answer').select(['response_id', 'aspect_id', 'score', 'unclear']).execute();
    const scoresBefore = await figures();
    const teacher = make.inRole(school.round.invited, 'teacher');
    const entered = await invitations.enter(db, teacher.secret, teacher.token);
    await clearAll();

    expect(await people()).toHaveLength(5);
    for (const person of await people()) expect(person).toMatchObject({ name: null, email: null, user_id: null });
    const left = JSON.stringify([
      ...(await db.selectFrom('answer').selectAll().execute()),
      ...(await db.selectFrom('scale_answer').selectAll().execute()),
      ...(await db.selectFrom('snapshot').selectAll().execute()),
    ]);
    expect(left).not.toMatch(/belt altijd|ga ik verder/);
    expect(await db.selectFrom('mail').selectAll().where('round_id', 'is not', null).execute()).toEqual([]);
    expect(await db.selectFrom('rater_session').selectAll().execute()).toEqual([]);
    await expect(make.reopen(db, entered)).rejects.toEqual(refused('link_unknown'));
    await expect(invitations.enter(db, teacher.secret, teacher.token)).rejects.toEqual(refused('link_unknown'));

    expect(await snapshotOf(school.schoolRoundId)).toEqual({ document: { ...before.document, remarks: [] } });
    expect(await figures()).toEqual(scoresBefore);
    expect(await lines('retention.cleared')).toMatchObject([
      { actor: 'operator', object_id: school.cohort.id, detail: JSON.stringify({ people: 5, by: 'schedule' }) },
    ]);
  });

  it('why a trainer proposed another wording goes with who did; the statements stay', async () => {
    const { cohort, round } = school;
    const said = { other: { nl: 'De IB’er vraagt.', en: '' }, self: { nl: 'Ik vraag.', en: '' } };
    const given = { ...said, reason: 'Juf Els vindt het vaag.' };
    await wording.propose(db, cohort.trainer, round.id, 'C1.01', null, given);
    const seen = (await wording.ofRound(db, cohort.trainer, round.id)).get('C1.01')?.[0] ?? null;
    await clearAll();
    const [left] = [...(await wording.ofRound(db, cohort.trainer, round.id)).values()].flat();
    expect(left).toMatchObject({ ...said, status: 'open', reason: '', author: null });
    const again = wording.propose(db, cohort.trainer, round.id, 'C1.01', seen, given);
    await expect(again).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('accounts to read a report go, and those of people with a role stay, without the tie to the person', async () => {
    const { ib, director, cohort } = school;
    await accounts.grant(db, { kind: 'operator' }, ib.userId, { role: 'trainer', cohortId: null, programmeId: null });
    await clearAll();
    const users = (await db.selectFrom('user').select('id').execute()).map(({ id }) => id);
    expect(users).not.toContain(director.userId);
    expect(users).toEqual(expect.arrayContaining([ib.userId, cohort.trainer.userId, admin.userId]));
    expect(await db.selectFrom('person').select('id').where('user_id', 'is not', null).execute()).toEqual([]);
  });

  it('whoever takes part in another cohort that is kept still is known there, until that one goes', async () => {
    const other = await make.makeCohort(db, { trainer: school.cohort.trainer });
    const email = `known${Date.now()}@school.example`;
    const { personId } = make.inRole(school.round.invited, 'director');
    await db.updateTable('person').set({ email }).where('id', '=', personId).execute();
    await participants.addSchool(db, other.trainer, other.secret, other.id, {
      school: { name: 'De Overkant', brin: null },
      ib: { name: 'Ander', email: 'ander@school.example' },
      director: { name: 'Joost van Dalen', email },
      teachers: [],
    });
    await choose(unit, { ...policy, postponedUntil: null }, ANNOUNCED);
    await db.updateTable('cohort').set({ programme_id: null }).where('id', '=', other.id).execute();
    await choose(other.id, { ...policy, postponedUntil: '2099-01-01' }, ANNOUNCED);
    await clearAll();
    const known = (await people()).filter(({ name }) => name !== null).map(({ id }) => id);
    expect(known).toHaveLength(2);
    expect(known).toContain(personId);

    await choose(other.id, policy, at('2091-02-01'));
    await runRetention(db, at('2091-02-01'));
    expect(await runRetention(db, at('2091-03-03'))).toBe('announced 0, cleared 1');
    expect((await people()).filter(({ name }) => name !== null)).toEqual([]);
  });

  it('what was filled in and never submitted goes whole', async () => {
    const counted = async () => (await db.selectFrom('answer').select('response_id').distinct().execute()).length;
    const { invitationId } = make.inRole(school.round.invited, 'teacher');
    await db
      .updateTable('response')
      .set({ status: 'started', submitted_at: null })
      .where('invitation_id', '=', invitationId)
      .execute();
    const before = await counted();
    await clearAll();
    expect(await counted()).toBe(before - 1);
  });

  it('single answers go too where that was chosen, and no figure changes', async () => {
    const before = await snapshotOf(school.schoolRoundId);
    await choose(unit, { ...policy, answers: 'erased' }, ANNOUNCED);
    await clearAll();
    for (const table of ['response', 'answer', 'scale_answer'] as const) {
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
    expect(await snapshotOf(school.schoolRoundId)).toEqual({ document: { ...before.document, remarks: [] } });
    expect(
      await db.selectFrom('journal_entry').select('kind').where('object_id', '=', school.cohort.id).execute(),
    ).toEqual([{ kind: 'cohort_answers_cleared' }]);
  });

  it('an open round is waited for', async () => {
    await make.openRound(db, school.cohort);
    await runRetention(db, ANNOUNCED);
    expect(await runRetention(db, DUE)).toBe('announced 0, cleared 0');
    const [{ cohorts: [plan] = [] } = {}] = await retention.list(db, admin, DUE);
    expect(plan).toMatchObject({ waits: true, clearedOn: null });
  });

  it('the examples are left alone', async () => {
    await db.insertInto('demonstration').values({ kind: 'cohort', object_id: school.cohort.id }).execute();
    await runRetention(db, ANNOUNCED);
    expect(await runRetention(db, DUE)).toBe('announced 0, cleared 0');
    expect(await retention.list(db, admin, DUE)).toEqual([]);
  });
});

describe('announcing', () => {
  it('is mailed once to trainers and administrators, a month ahead, and shown on the cohort’s page', async () => {
    expect(await runRetention(db, at('2090-12-31'))).toBe('announced 0, cleared 0');
    expect(await retention.told(db, school.cohort.id, at('2090-12-31'))).toBeNull();
    expect(await runRetention(db, at('2091-01-01', '07:59'))).toBe('announced 0, cleared 0');
    await runRetention(db, ANNOUNCED);
    expect(await retention.told(db, school.cohort.id, ANNOUNCED)).toMatchObject({
      ...{ goesOn: '2091-01-31', announcedOn: '2091-01-01', clearedOn: null },
    });
    const asked = await announcements();
    expect(asked.flatMap(({ user_id }) => user_id ?? []).toSorted()).toEqual(
      [school.cohort.trainer.userId, admin.userId].toSorted(),
    );
    expect(await lines('retention.announced')).toHaveLength(1);
  });

  it('says what goes, and leads the reader where something can be done', async () => {
    await db.deleteFrom('mail').execute();
    const server = await mailServer();
    await runRetention(db, ANNOUNCED);
    const sender = senderTo(db, server.url, { now: () => at('2091-01-01', '10:05') });
    await sender.run();
    const texts = server.accepted.map(({ subject, text }) => `${subject}\n${text}`);
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text).toMatch(/Op 31-01-2091 gaan namen en opmerkingen van Cohort \d+ weg/);
    expect(texts.filter((text) => text.includes(`/cohorts/${school.cohort.id}`))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('/admin/privacy/retention'))).toHaveLength(1);
  });

  it('is done once, however often and in whatever process it runs, also when a clock is set back', async () => {
    const runs = await Promise.all([runRetention(db, ANNOUNCED), runRetention(db, ANNOUNCED)]);
    expect(runs.toSorted()).toEqual(['announced 0, cleared 0', 'announced 1, cleared 0']);
    await runRetention(db, at('2090-12-20'));
    await runRetention(db, at('2091-01-02'));
    expect(await announcements()).toHaveLength(4);
    const cleared = await Promise.all([runRetention(db, DUE), runRetention(db, DUE)]);
    expect(cleared.toSorted()).toEqual(['announced 0, cleared 0', 'announced 0, cleared 1']);
    expect(await runRetention(db, at('2095-01-01'))).toBe('announced 0, cleared 0');
    expect(await lines('retention.cleared')).toHaveLength(1);
  });
});

describe('a choice', () => {
  it('to postpone holds what was announced, and it is announced anew', async () => {
    await runRetention(db, ANNOUNCED);
    await choose(unit, { ...policy, postponedUntil: '2091-06-01' }, at('2091-01-20'));
    expect(await retention.told(db, school.cohort.id, at('2091-01-20'))).toBeNull();
    expect(await runRetention(db, DUE)).toBe('announced 0, cleared 0');
    expect(await runRetention(db, at('2091-05-02'))).toBe('announced 1, cleared 0');
    expect(await runRetention(db, at('2091-06-01'))).toBe('announced 0, cleared 1');
  });

  it('that single answers go too is announced anew, for more goes than was told', async () => {
    await runRetention(db, ANNOUNCED);
    await choose(unit, { ...policy, answers: 'erased' }, at('2091-01-30'));
    expect(await runRetention(db, DUE)).toBe('announced 1, cleared 0');
    expect(await runRetention(db, at('2091-03-01'))).toBe('announced 0, cleared 0');
    expect(await runRetention(db, at('2091-03-02'))).toBe('announced 0, cleared 1');
  });

  it('of a day long past leaves a month', async () => {
    await choose(unit, { ...policy, endsOn: '2001-01-31' }, ANNOUNCED);
    await runRetention(db, ANNOUNCED);
    expect(await runRetention(db, at('2091-01-30'))).toBe('announced 0, cleared 0');
    expect(await runRetention(db, DUE)).toBe('announced 0, cleared 1');
  });

  it('is logged with what was chosen, and is an administrator’s only', async () => {
    expect(await lines('retention.changed')).toMatchObject([
      {
        ...{ actor_user_id: admin.userId, object_type: 'programme', object_id: unit },
        detail: JSON.stringify({ months: 12, ends: '2090-01-31', postponed: '', answers: 'kept' }),
      },
    ]);
    const { trainer } = school.cohort;
    await expect(retention.change(db, trainer, unit, '', policy, DUE)).rejects.toEqual(refused('forbidden'));
    await expect(retention.list(db, trainer, DUE)).rejects.toEqual(refused('forbidden'));
    await expect(retention.change(db, admin, 'nothing', '', policy, DUE)).rejects.toEqual(refused('not_found'));
  });

  it('that nobody made goes by the school year of the last round', async () => {
    await db.deleteFrom('retention').execute();
    await db.updateTable('round').set({ closed_at: '2089-10-14T10:00:00.000Z' }).execute();
    const [{ cohorts: [plan] = [] } = {}] = await retention.list(db, admin, ANNOUNCED);
    expect(plan).toMatchObject({ endsOn: '2090-07-31', goesOn: '2091-07-31' });
  });
});

describe('after it was cleared', () => {
  it('somebody who is added is announced before going', async () => {
    await clearAll();
    await make.addSeries(db, school.cohort);
    const joined = '2091-03-01T10:00:00.000Z';
    await db.updateTable('team_member').set({ joined_at: joined }).where('left_at', 'is', null).execute();
    expect(await runRetention(db, at('2091-03-02'))).toBe('announced 1, cleared 0');
    expect(await runRetention(db, at('2091-04-01'))).toBe('announced 0, cleared 1');
    expect((await people()).filter(({ email }) => email !== null)).toEqual([]);
  });
});
