import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as participants from '#lib/server/participants/series-service.ts';
import * as moves from '#lib/server/programmes/move-service.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const startsAt = '2026-11-24T08:30:00.000Z';
const after = new Date('2026-11-24T13:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let session: string;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  for (const school of ['De Wingerd', 'Het Kompas', 'De Regenboog']) {
    await make.addSeries(db, cohort, { school, ib: `IB'er van ${school}` });
  }
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  session = await addSession(db, cohort.id, { startsAt });
});

const open = (now = after) => attendance.open(db, cohort.trainer, cohort.id, session, now);
async function personAt(index: number): Promise<string> {
  const { people } = await open();
  const person = people[index];
  if (!person) throw new Error(`no person ${index}`);
  return person.personId;
}
type Mark = Partial<attendance.Mark>;
const mark = (personId: string, given: Mark = {}, actor = cohort.trainer, now = after) =>
  attendance.mark(db, actor, cohort.id, session, { personId, seen: null, presence: 'present', ...given }, now);

describe('a session of which somebody is filled in', () => {
  const plan = { title: 'Anders', about: '', place: '', hours: 3, year: 1, event: null };
  const times = (startsAt: string, endsAt: string) => ({ startsAt, endsAt });
  const change = (at: { startsAt: string; endsAt: string }) =>
    changes.saveSession(db, cohort.trainer, cohort.id, { id: session, version: 1 }, { ...plan, ...at });

  it('keeps its day: who was there would be said of another', async () => {
    await mark(await personAt(0));
    const other = times('2026-11-25T08:30:00.000Z', '2026-11-25T11:30:00.000Z');
    await expect(change(other)).rejects.toMatchObject({ code: 'session_held' });
    await change(times('2026-11-24T09:00:00.000Z', '2026-11-24T12:00:00.000Z'));
    expect((await open()).session).toMatchObject({ title: 'Anders', startsAt: '2026-11-24T09:00:00.000Z' });
  });

  it('is free to move again once that is undone', async () => {
    const person = await personAt(0);
    await mark(person);
    await mark(person, { seen: 'present', presence: null });
    await change(times('2026-11-25T08:30:00.000Z', '2026-11-25T11:30:00.000Z'));
  });

  it('stays where it is when the whole plan is moved, also where the list was made at the door', async () => {
    const atTheDoor = new Date('2026-11-24T08:00:00.000Z');
    await mark(await personAt(0), {}, cohort.trainer, atTheDoor);
    const later = await addSession(db, cohort.id, { startsAt: '2026-12-08T08:30:00.000Z' });
    const { moved } = await moves.preview(db, cohort.trainer, cohort.id, 2, atTheDoor);
    expect(moved.sessions.map(({ id }) => id)).toEqual([later]);
  });
});

describe('the list of a session', () => {
  it('has the IB’ers of the cohort by school, nobody filled in', async () => {
    const { people, others, session: brief } = await open();
    expect(people.map(({ name, schools, presence }) => [name, schools, presence])).toEqual([
      ["IB'er van De Regenboog", ['De Regenboog'], null],
      ["IB'er van De Wingerd", ['De Wingerd'], null],
      ["IB'er van Het Kompas", ['Het Kompas'], null],
    ]);
    expect(others).toEqual([]);
    expect(brief).toMatchObject({ counts: { present: 0, absent: 0, open: 3 }, state: 'to_fill_in' });
  });

  it('keeps whoever left later, and has the one who came in her place beside it until filled in', async () => {
    const series = await db.selectFrom('series').select(['id', 'version']).executeTakeFirstOrThrow();
    await participants.leave(db, cohort.trainer, { seriesId: series.id, version: series.version }, after);
    await make.addSeries(db, cohort, { school: 'De Wingerd', ib: 'Opvolger' });
    const { people, others } = await open();
    expect(people).toHaveLength(3);
    expect(others.map(({ name }) => name)).toEqual(['Opvolger']);
    await mark(others[0]?.personId ?? '');
    expect((await open()).people).toHaveLength(4);
  });

  it('has no director, unless the programme is for pairs', async () => {
    expect((await open()).people.every(({ role }) => role === 'ib')).toBe(true);
    await templates.ensureShipped(db);
    const pairs = await templates.findNewest(db, 'samenwerken-onder-spanning');
    await db
      .updateTable('cohort')
      .set({ template_id: pairs?.id ?? '' })
      .where('id', '=', cohort.id)
      .execute();
    expect((await open()).people.filter(({ role }) => role === 'director')).toHaveLength(3);
  });
});

describe('filling in', () => {
  it('is one tap, and another one undoes it', async () => {
    const person = await personAt(0);
    await mark(person);
    expect((await open()).session.counts).toEqual({ present: 1, absent: 0, open: 2 });
    await mark(person, { seen: 'present', presence: 'absent' });
    expect((await open()).session.counts).toEqual({ present: 0, absent: 1, open: 2 });
    await mark(person, { seen: 'absent', presence: null });
    expect((await open()).session.counts).toEqual({ present: 0, absent: 0, open: 3 });
  });

  it('twice the same changes nothing, and is one line of the log', async () => {
    const person = await personAt(0);
    await Promise.all([mark(person), mark(person)]);
    expect((await open()).session.counts.present).toBe(1);
    const lines = await db.selectFrom('audit_event').selectAll().where('action', '=', 'attendance.marked').execute();
    expect(lines).toMatchObject([{ object_id: session, detail: JSON.stringify({ person }) }]);
  });

  it('by two trainers at once loses nobody’s tap in silence', async () => {
    const person = await personAt(0);
    await mark(person, { presence: 'absent' });
    await expect(mark(person)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect((await open()).people[0]?.presence).toBe('absent');
  });

  it('of all who are left at once leaves what was filled in', async () => {
    await mark(await personAt(1), { presence: 'absent' });
    expect(await attendance.markRest(db, cohort.trainer, cohort.id, session, after)).toBe(2);
    expect((await open()).session).toMatchObject({ counts: { present: 2, absent: 1, open: 0 }, state: 'done' });
    expect(await attendance.markRest(db, cohort.trainer, cohort.id, session, after)).toBe(0);
  });

  it('waits for the day, and for no session that is cancelled', async () => {
    const person = await personAt(0);
    const dayBefore = new Date('2026-11-23T20:29:00Z');
    await expect(mark(person, {}, cohort.trainer, dayBefore)).rejects.toMatchObject({ code: 'session_ahead' });
    await mark(person, {}, cohort.trainer, new Date('2026-11-23T20:30:00Z'));
    await db.updateTable('training_session').set({ cancelled_at: startsAt }).execute();
    await expect(mark(await personAt(1))).rejects.toMatchObject({ code: 'session_cancelled' });
    expect((await open()).session.state).toBe('cancelled');
  });

  it('is for the cohort’s own trainer, in the cohort’s own session, and of somebody in it', async () => {
    const other = await make.makeCohort(db);
    const person = await personAt(0);
    await expect(mark(person, {}, other.trainer)).rejects.toMatchObject({ code: 'forbidden' });
    const mark2 = { personId: person, seen: null, presence: 'present' as const };
    await expect(attendance.mark(db, other.trainer, other.id, session, mark2, after)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(mark(newId())).rejects.toMatchObject({ code: 'not_found' });
    expect((await open()).session.counts.open).toBe(3);
  });
});

describe('what a trainer has to do today', () => {
  const fillIn = async (now: Date) =>
    (await today.due(db, cohort.trainer, now)).filter(({ kind }) => kind === 'fill_in');

  it('is the list of a session that is over, as long as nobody is filled in', async () => {
    expect(await fillIn(new Date('2026-11-24T11:29:00Z'))).toEqual([]);
    expect(await fillIn(after)).toMatchObject([{ cohortId: cohort.id, day: '2026-11-24', count: 1 }]);
    await mark(await personAt(0));
    expect(await fillIn(after)).toEqual([]);
  });

  it('is none of a session that is cancelled, or that was more than a month ago', async () => {
    expect(await fillIn(new Date('2026-12-25T11:30:00Z'))).toEqual([]);
    await db.updateTable('training_session').set({ cancelled_at: startsAt }).execute();
    expect(await fillIn(after)).toEqual([]);
  });
});
