import { beforeEach, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import type { UserActor } from '#lib/permissions.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as totals from '#lib/server/hand-ins/totals-service.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { errorText } from '#lib/text/errors.ts';
import { addAssignment, actorOfPerson } from '../support/assignments.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { EXE, PDF } from '../support/hand-in-files.ts';
import { joinedAt } from '../support/sessions.ts';

const before = new Date('2027-01-20T10:00:00Z');
const after = new Date('2027-02-10T10:00:00Z');
const dueOn = '2027-02-04';

let db: Db;
let cohort: make.TestCohort;
let assignment: string;
let series: string[];
let people: string[];
let ib: UserActor;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  series = [];
  for (let at = 1; at <= 6; at += 1)
    series.push(await make.addSeries(db, cohort, { school: `School ${at}`, ib: `IB'er ${at}`, teachers: 0 }));
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  assignment = await addAssignment(db, cohort.id, { dueOn });
  people = (await attendance.takingPart(db, cohort.id, before)).map(({ personId }) => personId);
  ib = await actorOfPerson(db, cohort, people[0] ?? '');
});

const given = (more: Partial<handIns.Given> = {}): handIns.Given => ({
  ...{ stamp: '', text: 'Wat ik deed.', link: '', file: 'keep' },
  ...more,
});
const hand = (more: Partial<handIns.Given> = {}, now = before, actor = ib) =>
  handIns.handIn(db, actor, assignment, given(more), now);
const open = (now = before, actor = ib) => handIns.open(db, actor, assignment, now);
const at = () => ({ cohortId: cohort.id, assignmentId: assignment, personId: people[0] ?? '' });
/** Feedback on the work as it is; `seen` is what the trainer saw, where that differs. */
const answer = async (text: string, seen: Partial<feedback.SeenWork> = {}) => {
  const { seen: now } = await feedback.openWork(db, cohort.trainer, at());
  await feedback.giveFeedback(db, cohort.trainer, at(), { ...now, ...seen }, text, before);
};
const pdf = { name: '../../Mijn verslag.pdf', bytes: PDF };

describe('handing in', () => {
  it('stores text, link and file, under a name that is no path', async () => {
    await hand({ link: 'https://voorbeeld.example/werk', file: pdf });
    expect(await open()).toMatchObject({
      standing: 'changeable',
      handIn: { text: 'Wat ik deed.', link: 'https://voorbeeld.example/werk', file: { name: 'Mijn verslag.pdf' } },
    });
    const file = await handIns.ownFile(db, ib, assignment, before);
    expect([file.kind, Buffer.from(file.bytes).equals(Buffer.from(PDF))]).toEqual(['pdf', true]);
  });

  it('again replaces it; a file stays until another comes or it is taken away', async () => {
    await hand({ file: pdf });
    const { stamp } = await open();
    await hand({ stamp, text: 'Iets anders.' });
    const second = await open();
    expect(second.handIn).toMatchObject({ text: 'Iets anders.', version: 2, file: { name: 'Mijn verslag.pdf' } });
    await hand({ stamp: second.stamp, text: 'Zonder bestand.', file: null });
    expect((await open()).handIn).toMatchObject({ file: null });
    expect(await db.selectFrom('hand_in_file').select('name').execute()).toEqual([]);
  });

  it('the same twice, as a double click does, changes nothing', async () => {
    await hand({ file: pdf });
    await hand({ file: pdf });
    expect((await open()).handIn).toMatchObject({ version: 1 });
    const lines = db.selectFrom('audit_event').selectAll().where('action', '=', 'assignment.handed_in');
    expect(await lines.execute()).toHaveLength(1);
    expect(JSON.stringify(await lines.execute())).not.toContain('Wat ik deed');
  });

  it('something else from a window that is behind is refused', async () => {
    await hand();
    await expect(hand({ text: 'Uit het andere venster.' })).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });

  it('of nothing, or of a file that is not what it says, is refused, and nothing is stored', async () => {
    await expect(hand({ text: '' })).rejects.toMatchObject({ code: 'hand_in_empty' });
    const disguised = { name: 'verslag.pdf', bytes: EXE };
    await expect(hand({ file: disguised })).rejects.toMatchObject({ code: 'file_kind_refused' });
    expect((await open()).handIn).toBeNull();
  });

  it('late is possible, and is known as late', async () => {
    await hand({}, after);
    expect(await open(after)).toMatchObject({ standing: 'changeable' });
    const { people: all } = await feedback.ofAssignment(db, cohort.trainer, cohort.id, assignment);
    expect(all[0]).toMatchObject({ isLate: true });
  });

  it('is over once there is feedback, or on time once the day is past', async () => {
    await hand();
    const { stamp } = await open();
    await expect(hand({ stamp, text: 'Te laat.' }, after)).rejects.toMatchObject({ code: 'hand_in_past' });
    await expect(handIns.withdraw(db, ib, assignment, stamp, after)).rejects.toMatchObject({ code: 'hand_in_past' });
    await answer('Mooi.');
    await expect(hand({ stamp, text: 'Toch nog.' })).rejects.toMatchObject({ code: 'hand_in_answered' });
    await expect(handIns.withdraw(db, ib, assignment, stamp, before)).rejects.toMatchObject({
      code: 'hand_in_answered',
    });
  });

  it('on time can change again once the day is later for everybody, as its refusal says', async () => {
    await hand();
    const { stamp } = await open();
    expect(errorText('hand_in_past', 'nl')).toContain('de inleverdag voor iedereen later zet');
    const plan = { year: 1, title: 'Opdracht', about: '', dueOn: '2027-02-20', hours: 4 };
    await changes.saveAssignment(db, cohort.trainer, cohort.id, { id: assignment, version: 1 }, plan);
    await hand({ stamp, text: 'Beter.' }, after);
    expect((await open(after)).handIn).toMatchObject({ text: 'Beter.' });
  });

  it('for an assignment that was cancelled is refused; what was handed in can be read', async () => {
    await hand();
    const { stamp } = await open();
    await db.updateTable('assignment').set({ cancelled_at: before.toISOString() }).execute();
    await expect(hand({ stamp, text: 'x' })).rejects.toMatchObject({ code: 'assignment_cancelled' });
    const [own] = await handIns.listOwn(db, ib, before);
    expect(own?.assignments).toHaveLength(1);
    const other = await actorOfPerson(db, cohort, people[1] ?? '');
    await expect(hand({}, before, other)).rejects.toMatchObject({ code: 'assignment_cancelled' });
    expect((await handIns.listOwn(db, other, before))[0]?.assignments).toEqual([]);
  });
});

describe('taking back', () => {
  it('takes words and file away, once more is harmless, and leaves room for another', async () => {
    await hand({ file: pdf });
    const { stamp } = await open();
    await handIns.withdraw(db, ib, assignment, stamp, before);
    await handIns.withdraw(db, ib, assignment, stamp, before);
    expect(await db.selectFrom('hand_in_file').select('name').execute()).toEqual([]);
    // A trainer may have downloaded it before.
    expect(m.done_hand_in_withdrawn({}, { locale: 'nl' })).not.toContain('Niemand kan het meer lezen');
    await hand({ text: 'Opnieuw.' });
    await expect(handIns.withdraw(db, ib, assignment, stamp, before)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
  });
});

describe('who may', () => {
  it('is whoever takes part on the day: not who stopped before, nor a director in a programme of IB’ers', async () => {
    const { team } = await cohorts.getSeries(db, cohort.trainer, series[1] ?? '');
    const director = await actorOfPerson(db, cohort, team.find(({ role }) => role === 'director')?.personId ?? '');
    await expect(open(before, director)).rejects.toMatchObject({ code: 'forbidden' });
    await db
      .updateTable('series')
      .set({ left_at: '2027-01-10T08:00:00.000Z' })
      .where('id', '=', series[2] ?? '')
      .execute();
    const left = await actorOfPerson(db, cohort, people[2] ?? '');
    await expect(hand({}, before, left)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(open(before, cohort.trainer)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is the director too in a programme for pairs', async () => {
    await templates.ensureShipped(db);
    const pairs = await templates.findNewest(db, 'samenwerken-onder-spanning');
    await db
      .updateTable('cohort')
      .set({ template_id: pairs?.id ?? '' })
      .where('id', '=', cohort.id)
      .execute();
    const { team } = await cohorts.getSeries(db, cohort.trainer, series[1] ?? '');
    const director = await actorOfPerson(db, cohort, team.find(({ role }) => role === 'director')?.personId ?? '');
    await hand({}, before, director);
    expect((await totals.countsOf(db, cohort.id)).get(assignment)).toMatchObject({ expected: 12, handedIn: 1 });
  });

  it('is a trainer of the cohort for reading, and nobody else’s', async () => {
    await hand({ file: pdf });
    const other = await make.makeCohort(db);
    const elsewhere = feedback.openWork(db, other.trainer, at());
    await expect(elsewhere).rejects.toMatchObject({ code: 'forbidden' });
    await expect(feedback.openWork(db, other.trainer, { ...at(), cohortId: other.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    const admin = await make.makeTrainer(db, { admin: true });
    await expect(feedback.fileOf(db, admin, at())).rejects.toMatchObject({ code: 'forbidden' });
    await feedback.fileOf(db, cohort.trainer, at());
    const line = db.selectFrom('audit_event').select('detail').where('action', '=', 'assignment.file_downloaded');
    expect((await line.execute())[0]?.detail).toContain(people[0]);
  });
});

describe('feedback', () => {
  it('is read by the participant, who is mailed once, without a word of it', async () => {
    await hand();
    await answer('Mooi hoe je dat deed.');
    await answer('Mooi hoe je dat deed.');
    await answer('Toch iets anders.');
    expect((await open()).handIn?.feedback).toMatchObject({ text: 'Toch iets anders.', by: cohort.trainer.name });
    const mails = await db.selectFrom('mail').selectAll().where('template', '=', 'feedback_given').execute();
    expect(mails).toMatchObject([{ person_id: people[0], round_id: null }]);
    expect(JSON.stringify(mails)).not.toContain('Mooi');
    expect(m.done_feedback_given({}, { locale: 'nl' })).toContain('Is het de eerste op dit werk, dan');
  });

  it('of another trainer, or on work that was replaced meanwhile, is not written over', async () => {
    await hand();
    await answer('Van de een.');
    const first = { version: 1, feedbackVersion: 0 };
    await expect(answer('Van de ander.', first)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    await db.updateTable('hand_in').set({ feedback: null, feedback_at: null, feedback_version: 0 }).execute();
    await hand({ stamp: (await open()).stamp, text: 'Nieuw werk.' });
    await expect(answer('Over het oude.', first)).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });

  it('on work that was taken back and handed in anew is not put on the new: its version is the first again', async () => {
    await hand();
    const { seen } = await feedback.openWork(db, cohort.trainer, at());
    await handIns.withdraw(db, ib, assignment, (await open()).stamp, before);
    await hand({ text: 'Iets heel anders.' });
    await expect(answer('Over het oude.', seen)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect((await open()).handIn).toMatchObject({ version: 1, feedback: null });
  });

  it('on work that was taken back meanwhile is refused, also of who was no longer expected', async () => {
    await hand();
    await db
      .updateTable('series')
      .set({ left_at: '2027-01-10T08:00:00.000Z' })
      .where('id', '=', series[0] ?? '')
      .execute();
    await handIns.withdraw(db, ib, assignment, (await open()).stamp, before);
    await expect(answer('Mooi.')).rejects.toMatchObject({ code: 'hand_in_withdrawn' });
    expect(await feedback.openWork(db, cohort.trainer, at())).toMatchObject({ worker: { handIn: null } });
    await expect(feedback.fileOf(db, cohort.trainer, at())).rejects.toMatchObject({ code: 'not_found' });
    const { people: shown } = await feedback.ofAssignment(db, cohort.trainer, cohort.id, assignment);
    expect(shown.map(({ personId }) => personId)).toEqual(people.slice(1));
  });
});

describe('the counts of assignments', () => {
  it('are of those whose day is past, of who took part then', async () => {
    await addAssignment(db, cohort.id, { dueOn: '2027-06-01' });
    await addAssignment(db, cohort.id, { dueOn: '2027-01-05', cancelledAt: '2027-01-01T08:00:00.000Z' });
    await hand();
    await db
      .updateTable('series')
      .set({ left_at: '2027-01-10T08:00:00.000Z' })
      .where('id', '=', series[5] ?? '')
      .execute();
    const [year] = await totals.assignmentTotals(db, cohort.id, after);
    expect(year).toEqual({ year: 1, planned: 2, due: 1, expected: 5, handedIn: 1 });
    expect((await totals.countsOf(db, cohort.id)).get(assignment)).toEqual({ expected: 5, handedIn: 1, waiting: 1 });
    expect(await totals.soFar(db, cohort.id, after)).toEqual({ expected: 5, handedIn: 1, waiting: 1 });
  });

  it('are withheld before anything is due, and of fewer than five people', async () => {
    expect((await totals.assignmentTotals(db, cohort.id, before))[0]).toMatchObject({
      ...{ handedIn: null, reason: 'none_due' },
    });
    const small = await make.makeCohort(db);
    for (let nth = 1; nth <= 4; nth += 1) await make.addSeries(db, small, { teachers: 0 });
    await joinedAt(db, small.id, '2026-09-01T08:00:00.000Z');
    await addAssignment(db, small.id, { dueOn });
    expect((await totals.assignmentTotals(db, small.id, after))[0]).toMatchObject({
      ...{ expected: 4, handedIn: null, reason: 'too_few_people' },
    });
  });
});
