import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cleaning from '#lib/server/jobs/cleaning-service.ts';
import type { Job } from '#lib/server/jobs/job.ts';
import { JOBS } from '#lib/server/jobs/list.ts';
import { Scheduler } from '#lib/server/jobs/scheduler.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import { jobDetailText } from '#lib/text/job-details.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { closedRound } from '../support/school-reports.ts';

let app: App;
let clock: Date;
let elapsed: number;
const options = { now: () => clock, elapsed: () => elapsed, lapses: 1000 };
const later = (seconds: number) => (clock = new Date(clock.getTime() + seconds * 1000));

beforeEach(async () => {
  app = await testApp();
  clock = new Date('2026-01-05T09:00:00Z');
  elapsed = 0;
});

/** A job for every minute that counts its runs. */
function counting(work: () => Promise<string> = () => Promise.resolve('did it')): Job & { runs: number } {
  const job = {
    name: 'counting',
    everySeconds: 60,
    runs: 0,
    run: () => {
      job.runs += 1;
      return work();
    },
  };
  return job;
}

const rows = () =>
  app.db.selectFrom('job_run').select(['name', 'outcome', 'detail', 'finished_at']).orderBy('started_at').execute();

/** Looks twice: the first look at a new database only puts the job on the list. */
async function firstRun(scheduler: Scheduler): Promise<void> {
  await scheduler.look();
  await scheduler.look();
}

describe('a job', () => {
  it('runs when it is due, not before, and is written down', async () => {
    const job = counting();
    const scheduler = new Scheduler(app, [job], options);
    await firstRun(scheduler);
    later(59);
    await scheduler.look();
    expect(job.runs).toBe(1);
    later(1);
    await scheduler.look();
    expect(job.runs).toBe(2);
    expect(await rows()).toMatchObject([
      { name: 'counting', outcome: 'done', detail: 'did it' },
      { name: 'counting', outcome: 'done', detail: 'did it' },
    ]);
  });

  it('that fails is written down without what its error says; it comes up again, and the others go on', async () => {
    const failing: Job = {
      name: 'failing',
      everySeconds: 60,
      run: () => Promise.reject(new RangeError('password=hunter2')),
    };
    const job = counting();
    const scheduler = new Scheduler(app, [failing, job], options);
    await firstRun(scheduler);
    later(60);
    await scheduler.look();
    expect(job.runs).toBe(2);
    const failed = (await rows()).filter(({ outcome }) => outcome === 'failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]?.detail).toMatch(/^RangeError, see [\w-]+ in the log$/);
  });

  it('is run by one of two processes', async () => {
    const job = counting(() => delay(50, 'did it'));
    const two = [new Scheduler(app, [job], options), new Scheduler(app, [job], options)];
    await Promise.all(two.map((scheduler) => firstRun(scheduler)));
    expect(job.runs).toBe(1);
    later(60);
    await Promise.all(two.map((scheduler) => scheduler.look()));
    expect(job.runs).toBe(2);
  });

  it('that another process is at is left to it, whatever the clock says, until that process is gone', async () => {
    const job = counting();
    const at = clock.toISOString();
    await app.db.insertInto('job').values({ name: job.name, due_at: at, claimed_until: at }).execute();
    await app.db
      .insertInto('job_run')
      .values({ id: 'left', name: job.name, started_at: at, finished_at: null, outcome: null, detail: '' })
      .execute();
    const scheduler = new Scheduler(app, [job], options);
    later(30 * 86_400);
    await scheduler.look();
    expect(job.runs).toBe(0);
    elapsed += 1000;
    await scheduler.look();
    expect(job.runs).toBe(1);
    expect(await rows()).toMatchObject([{ outcome: 'failed', detail: 'the process ended' }, { outcome: 'done' }]);
  });

  it('is not run early or twice by a clock that jumps, and not forgotten', async () => {
    const job = counting();
    const scheduler = new Scheduler(app, [job], options);
    await firstRun(scheduler);
    later(-86_400);
    await scheduler.look();
    await scheduler.look();
    expect(job.runs).toBe(1);
    later(60);
    await scheduler.look();
    expect(job.runs).toBe(2);
    later(86_400);
    await scheduler.look();
    await scheduler.look();
    expect(job.runs).toBe(3);
  });

  it('that is being run is waited for when the server stops, and nothing else begins', async () => {
    let isDone = false;
    const job = counting(async () => {
      await delay(50);
      isDone = true;
      return 'did it';
    });
    const scheduler = new Scheduler(app, [job], options);
    await scheduler.look();
    const looking = scheduler.look();
    await delay(10);
    await scheduler.stop();
    expect(isDone).toBe(true);
    await looking;
    expect(await rows()).toMatchObject([{ outcome: 'done' }]);
    later(60);
    await scheduler.look();
    expect(job.runs).toBe(1);
  });
});

describe('cleaning', () => {
  it('takes away what has ended, and nothing that is still of use', async () => {
    const { db } = app;
    const [past, future] = ['2026-01-05T08:59:59.000Z', '2026-01-05T09:00:01.000Z'];
    const verification = { identifier: 'x', value: 'y', created_at: past, updated_at: past };
    await db
      .insertInto('verification')
      .values({ ...verification, id: 'ended', expires_at: past })
      .execute();
    await db
      .insertInto('verification')
      .values({ ...verification, id: 'good', expires_at: future })
      .execute();
    await db.insertInto('attempt').values({ key: 'ended', count: 1, resets_at: past }).execute();
    await db.insertInto('attempt').values({ key: 'counting', count: 1, resets_at: future }).execute();
    const run = { name: 'mail', finished_at: past, detail: '' };
    const days = (count: number) => new Date(clock.getTime() - count * 86_400_000).toISOString();
    await db
      .insertInto('job_run')
      .values([
        { ...run, id: 'done, old', started_at: days(2), outcome: 'done' },
        { ...run, id: 'done', started_at: past, outcome: 'done' },
        { ...run, id: 'failed', started_at: days(2), outcome: 'failed' },
        { ...run, id: 'failed, old', started_at: days(31), outcome: 'failed' },
      ])
      .execute();
    const to = { address: 'iemand@school.example', language: 'nl' } as const;
    const test = { template: 'test', to, about: {}, roundId: null } as const;
    const longAgo = new Date(days(31));
    await enqueue(db, { ...test, onceKey: 'sent, old' }, longAgo);
    await db
      .updateTable('mail')
      .set({ status: 'sent', sent_at: days(31) })
      .execute();
    await enqueue(db, { ...test, onceKey: 'waiting, old' }, longAgo);

    expect(await cleaning.clean(db, clock)).toEqual({
      sessions: 0,
      tokens: 2,
      mails: 1,
      runs: 2,
      unsent: 0,
      schools: 0,
    });

    expect(await db.selectFrom('verification').select('id').execute()).toEqual([{ id: 'good' }]);
    expect(await db.selectFrom('attempt').select('key').execute()).toEqual([{ key: 'counting' }]);
    expect(await db.selectFrom('mail').select('once_key').execute()).toEqual([{ once_key: 'waiting, old' }]);
    const runs = await db.selectFrom('job_run').select('id').orderBy('id').execute();
    expect(runs).toEqual([{ id: 'done' }, { id: 'failed' }]);
  });
});

describe('what was filled in and never submitted', () => {
  const all = (score: number) => () => score;
  const scores = { director: all(3), ib: all(4), teachers: [all(3), all(3), all(3)] };

  /** A closed round in which one teacher did not submit, and the count of forms that hold answers. */
  async function stage(released: boolean) {
    const { db } = app;
    const school = await closedRound(db, scores, { released });
    const { invitationId } = make.inRole(school.round.invited, 'teacher');
    await db
      .updateTable('response')
      .set({ status: 'started', submitted_at: null })
      .where('invitation_id', '=', invitationId)
      .execute();
    const filled = async () => (await db.selectFrom('answer').select('response_id').distinct().execute()).length;
    return { db, filled };
  }

  it('goes once a report of the round is released; who was asked and began stays known', async () => {
    const { db, filled } = await stage(true);
    expect(await cleaning.clean(db, clock)).toMatchObject({ unsent: 1 });
    expect(await filled()).toBe(4);
    expect(await db.selectFrom('response').select('id').execute()).toHaveLength(5);
    expect(await cleaning.clean(db, clock)).toMatchObject({ unsent: 0 });
  });

  it('stays as long as the round may open once more', async () => {
    const { db, filled } = await stage(false);
    expect(await cleaning.clean(db, clock)).toMatchObject({ unsent: 0 });
    expect(await filled()).toBe(5);
  });
});

describe('every job of the server', () => {
  it.each(JOBS)('$name counts what has words on the administrator’s page', async (job) => {
    const said = job.name === 'backup' ? 'kopieën gemaakt: 1' : 'er was niets te doen';
    expect(jobDetailText(await job.run(app, clock), 'nl')).toBe(said);
  });
});
