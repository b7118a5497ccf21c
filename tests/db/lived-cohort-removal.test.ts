import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as removal from '#lib/server/participants/removal-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const after = new Date('2026-11-24T13:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let session: string;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  session = await addSession(db, cohort.id, { startsAt: '2026-11-24T08:30:00.000Z' });
});

const goes = () => removal.whatGoes(db, cohort.trainer, cohort.id);
const remove = (version: string) => removal.remove(db, cohort.trainer, cohort.id, version);
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

describe('deleting a cohort with a plan', () => {
  it('names its sessions and assignments first, and takes them along', async () => {
    await db
      .insertInto('assignment')
      .values({
        ...{ id: 'opdracht', cohort_id: cohort.id, year: 1, title: 'Opdracht', about: '', due_on: '2027-06-01' },
        ...{ hours: 8, cancelled_at: null, version: 1 },
      })
      .execute();
    const going = await goes();
    expect(going).toMatchObject({ kept: null, sessions: 1, assignments: 1 });
    await remove(going.version);
    expect(await cohorts.listOwn(db, cohort.trainer)).toEqual([]);
  });

  it('is refused where another session was planned meanwhile', async () => {
    const { version } = await goes();
    await addSession(db, cohort.id, { startsAt: '2026-12-01T08:30:00.000Z' });
    await expect(remove(version)).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('is refused once it is filled in who was there', async () => {
    await attendance.markRest(db, cohort.trainer, cohort.id, session, after);
    const { kept, version } = await goes();
    expect(kept).toBe('cohort_lived');
    expect(await removal.whyKept(db, cohort.id)).toBe('cohort_lived');
    await expect(remove(version)).rejects.toEqual(refused('cohort_lived'));
    expect(await db.selectFrom('attendance').select('presence').execute()).toHaveLength(1);
  });

  it('is refused once people were asked how useful a session was, whoever is filled in', async () => {
    const question = { session_id: session, asked_at: after.toISOString(), closes_at: after.toISOString() };
    await db
      .insertInto('usefulness_question')
      .values({ ...question, closed_at: null })
      .execute();
    await expect(remove((await goes()).version)).rejects.toEqual(refused('cohort_lived'));
  });
});
