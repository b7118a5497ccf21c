import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import { clearCohort } from '#lib/server/hand-ins/kept-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as totals from '#lib/server/hand-ins/totals-service.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { actorOfPerson, addAssignment } from '../support/assignments.ts';
import { openTestDatabase, testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { PDF } from '../support/hand-in-files.ts';
import { joinedAt } from '../support/sessions.ts';

const now = new Date('2027-01-20T10:00:00Z');
const after = new Date('2027-02-10T10:00:00Z');
const late = new Date('2030-01-20T10:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let assignment: string;
let people: string[];
let ib: UserActor;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  for (let at = 1; at <= 6; at += 1)
    await make.addSeries(db, cohort, { school: `School ${at}`, ib: `IB'er ${at}`, teachers: 0 });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  assignment = await addAssignment(db, cohort.id, { dueOn: '2027-02-04' });
  people = (await attendance.takingPart(db, cohort.id, now)).map(({ personId }) => personId);
  for (const personId of people) {
    const actor = await actorOfPerson(db, cohort, personId);
    const file = { name: 'geheim.pdf', bytes: PDF };
    const given = { stamp: '', text: `woorden van ${personId}`, link: 'https://geheim.example/', file };
    await handIns.handIn(db, actor, assignment, given, now);
    const at = { cohortId: cohort.id, assignmentId: assignment, personId };
    const { seen } = await feedback.openWork(db, cohort.trainer, at);
    await feedback.giveFeedback(db, cohort.trainer, at, seen, `over ${personId}`, now);
  }
  ib = await actorOfPerson(db, cohort, people[0] ?? '');
});

const everything = async () =>
  JSON.stringify([
    await db.selectFrom('hand_in').selectAll().execute(),
    await db.selectFrom('hand_in_file').select(['hand_in_id', 'name']).execute(),
    await db.selectFrom('mail').selectAll().execute(),
  ]);

it('erasing a participant takes words, link, file, feedback and mail', async () => {
  const admin = await make.makeTrainer(db, { admin: true });
  await erasure.erase(db, admin, people[0] ?? '', "IB'er 1", now);
  expect(await everything()).not.toContain(people[0] ?? '');
  expect(await db.selectFrom('hand_in_file').select('name').execute()).toHaveLength(5);
  expect((await totals.assignmentTotals(db, cohort.id, after))[0]).toMatchObject({ expected: 5, handedIn: 5 });
});

it('erasing the trainer leaves the feedback, without a name', async () => {
  const admin = await make.makeTrainer(db, { admin: true });
  await erasure.erase(db, admin, cohort.trainer.userId, cohort.trainer.name, now);
  const rows = await db.selectFrom('hand_in').select(['feedback', 'feedback_by']).execute();
  expect(rows.every((row) => row.feedback !== null && row.feedback_by === null)).toBe(true);
});

it('the term of a cohort takes words and files, and leaves the count', async () => {
  await clearCohort(db, cohort.id);
  expect(await everything()).not.toMatch(/woorden van|geheim|over |feedback:/);
  expect((await totals.assignmentTotals(db, cohort.id, after))[0]).toMatchObject({ expected: 6, handedIn: 6 });
});

it('the term of a cohort looks its mail up, and does not read all mail that there is', async () => {
  const { db: own, raw, close } = await openTestDatabase();
  const other = await make.makeCohort(own);
  await make.addSeries(own, other, { teachers: 0 });
  const due = await addAssignment(own, other.id, { dueOn: '2027-02-04' });
  for (const { personId } of await attendance.takingPart(own, other.id, new Date('2099-01-01T10:00:00Z')))
    await handIns.fillIn(own, due, personId, 'Wat ik deed.', now);
  const statements = new Set<string>();
  const prepare = raw.prepare.bind(raw);
  raw.prepare = ((sql: string) => {
    statements.add(sql);
    return prepare(sql);
  }) as typeof raw.prepare;
  await clearCohort(own, other.id);
  const plan = [...statements]
    .filter((sql) => /"mail"/.test(sql))
    .flatMap((sql) => {
      const parameters = Array.from(sql.matchAll(/\?/g), () => null);
      return prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
    })
    .map(({ detail }) => detail);
  expect(plan).toContainEqual(expect.stringMatching(/^SEARCH mail USING .*once_key>\? AND once_key<\?/));
  expect(plan).not.toContainEqual(expect.stringMatching(/^SCAN mail/));
  await close();
});

describe('a cohort whose term is over', () => {
  beforeEach(async () => {
    await clearCohort(db, cohort.id);
    const row = { announced_on: null, announced_for: null, cleared_on: dayOf(late) };
    await db
      .insertInto('retention_cohort')
      .values({ cohort_id: cohort.id, ...row })
      .execute();
    // Somebody who never handed anything in.
    await db
      .deleteFrom('hand_in')
      .where('person_id', '=', people[5] ?? '')
      .execute();
  });

  it('takes nothing in and gives nothing back: it would never go', async () => {
    const last = await actorOfPerson(db, cohort, people[5] ?? '');
    const given = { stamp: '', text: 'Te laat.', link: '', file: null };
    const refused = { code: 'cohort_cleared' };
    await expect(handIns.handIn(db, last, assignment, given, late)).rejects.toMatchObject(refused);
    const { stamp, isOver } = await handIns.open(db, ib, assignment, late);
    expect(isOver).toBe(true);
    await expect(handIns.handIn(db, ib, assignment, { ...given, stamp }, late)).rejects.toMatchObject(refused);
    await expect(handIns.withdraw(db, ib, assignment, stamp, late)).rejects.toMatchObject(refused);
    expect((await handIns.listOwn(db, last, late)).map(({ assignments }) => assignments)).toEqual([[]]);
  });

  it('takes no feedback, and none is waited for', async () => {
    const at = { cohortId: cohort.id, assignmentId: assignment, personId: people[0] ?? '' };
    const { seen } = await feedback.openWork(db, cohort.trainer, at);
    const answer = feedback.giveFeedback(db, cohort.trainer, at, seen, 'Alsnog.', late);
    await expect(answer).rejects.toMatchObject({ code: 'cohort_cleared' });
    expect(await totals.soFar(db, cohort.id, late)).toEqual({ expected: 6, handedIn: 5, waiting: 0 });
    expect(await everything()).not.toMatch(/Alsnog|feedback:/);
  });

  it('goes on where something is planned in it again', async () => {
    const next = await addAssignment(db, cohort.id, { dueOn: '2031-02-04' });
    await handIns.handIn(db, ib, next, { stamp: '', text: 'Weer verder.', link: '', file: null }, late);
    expect(await totals.soFar(db, cohort.id, late)).toMatchObject({ waiting: 1 });
  });
});

describe('the own data', () => {
  it('have what was handed in and the feedback, and nobody else’s', async () => {
    const data = await personalData.own(db, ib, 'nl');
    expect(data.handIns).toMatchObject([
      { text: `woorden van ${people[0]}`, link: 'https://geheim.example/', feedback: `over ${people[0]}` },
    ]);
    const email = data.person?.email ?? '';
    const files = await Array.fromAsync(personalData.filesOfAddress(db, { kind: 'operator' }, email));
    expect(files).toEqual([{ name: '1-geheim.pdf', bytes: new Uint8Array(PDF) }]);
    const own = await personalData.ownFiles(db, ib);
    expect(own).toMatchObject([{ assignmentId: assignment, name: 'geheim.pdf' }]);
    expect(await personalData.ownFiles(db, cohort.trainer)).toEqual([]);
    const refused = personalData.filesOfAddress(db, cohort.trainer, email).next();
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(data.handIns[0]?.file).toEqual({ name: 'geheim.pdf', kind: 'pdf', size: PDF.length });
    const sheet = personalData.sheetsOf(data, 'nl').find(({ name }) => name === 'Opdrachten');
    expect(sheet?.table[1]).toEqual(expect.arrayContaining(['04-02-2027', 'geheim.pdf', `over ${people[0]}`]));
    expect(JSON.stringify(data)).not.toContain(`woorden van ${people[1]}`);
  });
});

it('a cohort in which something was handed in is not deleted', async () => {
  expect((await removal.whatGoes(db, cohort.trainer, cohort.id)).kept).toBe('cohort_lived');
});
