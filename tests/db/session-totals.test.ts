import { beforeEach, describe, expect, it } from 'vitest';
import * as kept from '#lib/server/attendance/kept-service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as totals from '#lib/server/attendance/totals-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const now = new Date('2026-12-01T12:00:00Z');

let db: Db;
let cohort: make.TestCohort;
async function cohortOf(schools: number): Promise<void> {
  cohort = await make.makeCohort(db);
  for (let at = 1; at <= schools; at += 1) await make.addSeries(db, cohort, { ib: `IB'er ${at}`, teachers: 0 });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
}
beforeEach(async () => {
  db = await testDatabase();
  await cohortOf(6);
});

async function addAssignment(dueOn: string, hours: number, cancelledAt: string | null = null): Promise<void> {
  await db
    .insertInto('assignment')
    .values({
      ...{ id: `opdracht-${dueOn}`, cohort_id: cohort.id, year: 1, title: 'Opdracht', about: '', due_on: dueOn },
      ...{ hours, cancelled_at: cancelledAt, version: 1 },
    })
    .execute();
}

/** A session at which so many were; the others were not. @returns its id, and who was there */
async function held(startsAt: string, present: number, hours = 3): Promise<{ id: string; people: string[] }> {
  const id = await addSession(db, cohort.id, { startsAt, hours });
  const { people } = await attendance.open(db, cohort.trainer, cohort.id, id, now);
  for (const { personId } of people.slice(present)) {
    const absent = { personId, seen: null, presence: 'absent' } as const;
    await attendance.mark(db, cohort.trainer, cohort.id, id, absent, now);
  }
  await attendance.markRest(db, cohort.trainer, cohort.id, id, now);
  return { id, people: people.slice(0, present).map(({ personId }) => personId) };
}

async function answered(session: { id: string; people: string[] }, values: readonly number[]): Promise<void> {
  await usefulness.ask(db, cohort.trainer, { secret: make.SECRET, mail: null }, cohort.id, session.id, now);
  for (const [at, value] of values.entries()) {
    await usefulness.fillIn(db, session.id, session.people[at] ?? '', { value, useful: '', more: '' }, now);
  }
}

const first = async () => (await totals.ofCohort(db, cohort.id, now))[0];

describe('the totals of a programme year', () => {
  it('set sessions and hours that were held beside the plan, without what is cancelled', async () => {
    await held('2026-10-06T07:30:00.000Z', 6);
    await addSession(db, cohort.id, { startsAt: '2027-01-12T08:30:00.000Z' });
    await addSession(db, cohort.id, { startsAt: '2026-11-03T08:30:00.000Z', cancelledAt: '2026-11-01T08:00:00.000Z' });
    await addAssignment('2027-06-01', 8);
    expect(await first()).toMatchObject({
      year: 1,
      sessions: { planned: 2, held: 1 },
      hours: { planned: 14, held: 3 },
    });
  });

  it('count the hours of an assignment as held once its day is past, so that a year that is over has all of its hours', async () => {
    await held('2026-10-06T07:30:00.000Z', 6);
    await addAssignment('2026-11-30', 8);
    await addAssignment('2026-11-20', 4, '2026-11-01T08:00:00.000Z');
    expect(await first()).toMatchObject({
      hours: { planned: 11, held: 11, sessions: { planned: 3, held: 3 }, assignments: { planned: 8, held: 8 } },
    });
    await addAssignment('2026-12-01', 2);
    expect(await first()).toMatchObject({ hours: { planned: 13, held: 11 } });
  });

  it('have the share of those filled in who were there, and the hours that they were', async () => {
    await held('2026-10-06T07:30:00.000Z', 6);
    await held('2026-11-03T08:30:00.000Z', 3, 4);
    expect(await first()).toMatchObject({
      attendance: { share: 0.75, n: 12 },
      hoursDone: { mean: (6 * 3 + 3 * 4) / 6, n: 6 },
    });
  });

  it('say why there is no share: nobody is filled in, or it would tell of a few people', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-06T07:30:00.000Z' });
    expect((await first())?.attendance).toEqual({ share: null, n: 0, reason: 'nobody_filled_in' });
    await cohortOf(4);
    await held('2026-10-06T07:30:00.000Z', 3);
    expect(await first()).toMatchObject({
      attendance: { share: null, n: 4, reason: 'too_few_people' },
      hoursDone: { mean: null, n: 4 },
    });
  });

  it('count for that who is filled in, and not who takes part', async () => {
    await cohortOf(12);
    const id = await addSession(db, cohort.id, { startsAt: '2026-10-06T07:30:00.000Z' });
    const { people } = await attendance.open(db, cohort.trainer, cohort.id, id, now);
    const mark = (at: number, presence: 'present' | 'absent') =>
      attendance.mark(
        ...([db, cohort.trainer, cohort.id, id] as const),
        { personId: people[at]?.personId ?? '', seen: null, presence },
        now,
      );
    await mark(0, 'absent');
    expect(await first()).toMatchObject({
      attendance: { share: null, n: 1, reason: 'too_few_people' },
      hoursDone: { mean: null, n: 1 },
    });
    for (const at of [1, 2, 3, 4]) await mark(at, 'present');
    expect(await first()).toMatchObject({ attendance: { share: 0.8, n: 5 }, hoursDone: { mean: 2.4, n: 5 } });
  });

  it('have the usefulness of sessions that show it: what one withholds is not the rest of a total', async () => {
    await answered(await held('2026-10-06T07:30:00.000Z', 6), [8, 8, 8, 8, 8]);
    await answered(await held('2026-11-03T08:30:00.000Z', 6), [0, 1]);
    expect((await first())?.usefulness).toEqual({ mean: 8, n: 5 });
  });

  it('have none where no session shows any', async () => {
    await answered(await held('2026-10-06T07:30:00.000Z', 6), [8, 8, 8, 8]);
    expect((await first())?.usefulness).toEqual({ mean: null, n: 0, reason: 'too_few_answers' });
  });
});

describe('a cohort whose term is over', () => {
  it('has nobody’s attendance any more, and the same totals', async () => {
    await held('2026-10-06T07:30:00.000Z', 6);
    await held('2026-11-03T08:30:00.000Z', 3, 4);
    const before = await first();
    await kept.clearCohort(db, cohort.id, now);
    expect(await db.selectFrom('attendance').selectAll().execute()).toEqual([]);
    expect(await first()).toEqual(before);
    await kept.clearCohort(db, cohort.id, now);
    expect(await first()).toEqual(before);
  });

  it('keeps of few people that they were few, and not what they did', async () => {
    await cohortOf(4);
    await held('2026-10-06T07:30:00.000Z', 3);
    const before = await first();
    await kept.clearCohort(db, cohort.id, now);
    expect(await db.selectFrom('attendance_kept').select(['people', 'present', 'hours']).execute()).toEqual([
      { people: 4, present: null, hours: null },
    ]);
    expect(await first()).toEqual(before);
  });
});

describe('hours by participant', () => {
  const hoursOf = async () => totals.hoursOf(db, cohort.id, await attendance.withPeople(db, cohort.id), now);

  it('are those of the sessions at which somebody was', async () => {
    await held('2026-10-06T07:30:00.000Z', 6);
    await held('2026-11-03T08:30:00.000Z', 1, 4);
    await addAssignment('2026-11-30', 8);
    const [year] = await hoursOf();
    expect(year).toMatchObject({ year: 1, sessions: { planned: 7, held: 7 }, assignments: 8 });
    expect(year?.people.map(({ done }) => done)).toEqual([7, 3, 3, 3, 3, 3]);
  });

  it('are unknown of whoever nothing is filled in of', async () => {
    const id = await addSession(db, cohort.id, { startsAt: '2026-10-06T07:30:00.000Z' });
    const { people } = await attendance.open(db, cohort.trainer, cohort.id, id, now);
    const absent = { personId: people[0]?.personId ?? '', seen: null, presence: 'absent' } as const;
    await attendance.mark(db, cohort.trainer, cohort.id, id, absent, now);
    const [year] = await hoursOf();
    expect(year?.people.map(({ done }) => done)).toEqual([0, null, null, null, null, null]);
  });
});
