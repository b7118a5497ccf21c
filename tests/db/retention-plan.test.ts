import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { listCohorts } from '#lib/server/retention/queries.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession } from '../support/sessions.ts';

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
});

const lastOn = async () => (await listCohorts(db, cohort.id))[0]?.standing.lastOn;

async function addAssignment(dueOn: string, cancelledAt: string | null = null): Promise<void> {
  await db
    .insertInto('assignment')
    .values({
      ...{ id: `opdracht ${dueOn}`, cohort_id: cohort.id, year: 3, title: 'Opdracht', about: '', due_on: dueOn },
      ...{ hours: 8, cancelled_at: cancelledAt, version: 1 },
    })
    .execute();
}

async function addRoundDay(name: string, day: string, cancelledAt: string | null = null): Promise<void> {
  const row = { cohort_id: cohort.id, name, year: 3, on_day: day, cancelled_at: cancelledAt };
  await db.insertInto('planned_round').values(row).execute();
}

const CANCELLED = '2026-11-01T08:00:00.000Z';

describe('the last day of a cohort, from which its term is counted', () => {
  it('is that of its last session, assignment or round of the plan, and of none that was cancelled', async () => {
    await addSession(db, cohort.id, { startsAt: '2091-05-10T07:30:00.000Z' });
    await addSession(db, cohort.id, { startsAt: '2098-05-10T07:30:00.000Z', cancelledAt: CANCELLED });
    expect(await lastOn()).toBe('2091-05-10');
    await addAssignment('2092-06-01');
    await addAssignment('2098-06-01', CANCELLED);
    expect(await lastOn()).toBe('2092-06-01');
    await addRoundDay('T3', '2093-03-01');
    await addRoundDay('T4', '2098-03-01', CANCELLED);
    expect(await lastOn()).toBe('2093-03-01');
  });

  it('is the day on which people were asked how useful a session was, so that what they answer goes too', async () => {
    const session = await addSession(db, cohort.id, { startsAt: '2091-05-10T07:30:00.000Z' });
    await db
      .insertInto('usefulness_question')
      .values({
        ...{ session_id: session, asked_at: '2092-09-02T08:00:00.000Z', closes_at: '2092-10-02T08:00:00.000Z' },
        closed_at: null,
      })
      .execute();
    expect(await lastOn()).toBe('2092-09-02');
  });
});
