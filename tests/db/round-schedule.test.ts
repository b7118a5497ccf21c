import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from '#lib/server/db/migrate.ts';
import { openDatabase, type Db } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import { runSchedule } from '#lib/server/rounds/schedule-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const settings = { secret: make.SECRET };
/** A moment on a day, by the clock of Amsterdam in winter time. */
const at = (day: string, clock = '10:00') => new Date(`${day}T${clock}:00+01:00`);

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
});

const run = (now: Date) => runSchedule(db, settings, now);
const statusOf = async (id: string) => (await rounds.get(db, cohort.trainer, id)).status;
const mails = (template: string) =>
  db
    .selectFrom('mail')
    .selectAll()
    .where('template', '=', template as 'reminder')
    .execute();

async function planned(dates: Partial<rounds.Planning>, now: Date): Promise<string> {
  const id = await make.planRound(db, cohort);
  const { version } = await rounds.get(db, cohort.trainer, id);
  await rounds.changeDates(db, cohort.trainer, id, version, { ...rounds.BY_HAND, ...dates }, now);
  return id;
}

describe('opening and closing by date', () => {
  it('opens on its day at eight, tells the trainers, and closes when the last day is over', async () => {
    const id = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-03' }, at('2026-02-01'));
    await run(at('2026-03-01', '23:59'));
    await run(at('2026-03-02', '07:59'));
    expect(await statusOf(id)).toBe('planned');
    expect(await run(at('2026-03-02', '08:00'))).toMatch(/^opened 1, held back 0, closed 0/);
    expect(await statusOf(id)).toBe('open');
    expect(await mails('invitation')).toHaveLength(5);
    await run(at('2026-03-03', '23:59'));
    expect(await statusOf(id)).toBe('open');
    expect(await run(at('2026-03-04', '00:00'))).toMatch(/closed 1/);
    expect(await statusOf(id)).toBe('closed');
    expect(await db.selectFrom('snapshot').selectAll().execute()).toHaveLength(1);
    await run(at('2026-03-04', '07:59'));
    expect(await mails('trainer_summary'), 'at night').toHaveLength(2);
    await run(at('2026-03-04', '08:00'));
    await run(at('2026-03-05', '08:00'));
    const told = await mails('trainer_summary');
    expect(told.map(({ about }) => JSON.parse(about))).toEqual([
      { kind: 'opened' },
      { kind: 'closing_soon' },
      { kind: 'closed' },
    ]);
    expect(told.every(({ user_id }) => user_id === cohort.trainer.userId)).toBe(true);
  });

  it('holds back a round in which a school has no director, and opens it once there is one', async () => {
    const incomplete = await make.addSeries(db, cohort, { director: null });
    const id = await planned({ opensOn: '2026-03-02' }, at('2026-02-01'));
    expect(await run(at('2026-03-02'))).toMatch(/opened 0, held back 1/);
    expect(await statusOf(id)).toBe('planned');
    expect(await mails('invitation')).toEqual([]);
    const director = { name: 'Joost', email: 'joost@school.example' };
    await participants.addRater(db, cohort.trainer, cohort.secret, incomplete, 'director', director);
    expect(await run(at('2026-03-02', '11:00'))).toMatch(/opened 1/);
  });

  it('holds back a round whose last day is over, as opening by hand does, until it has another one', async () => {
    const id = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-03' }, at('2026-02-01'));
    expect(await run(at('2026-03-04'))).toMatch(/opened 0, held back 1, closed 0/);
    const byHand = () => rounds.open(db, cohort.trainer, cohort.secret, id, at('2026-03-04'));
    await expect(byHand()).rejects.toEqual(refused('round_dates_wrong'));
    expect(await statusOf(id)).toBe('planned');
    expect(await mails('invitation')).toEqual([]);
    const { version } = await rounds.get(db, cohort.trainer, id);
    const dates = { opensOn: '2026-03-02', closesOn: '2026-03-04', reminds: true };
    await rounds.changeDates(db, cohort.trainer, id, version, dates, at('2026-03-04'));
    expect(await run(at('2026-03-04'))).toMatch(/opened 1, held back 0/);
  });

  it('tells the trainers within a week where the server stood still, and nothing of what they closed themselves', async () => {
    const late = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-05' }, at('2026-02-01'));
    const byHand = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-05' }, at('2026-02-01'));
    await run(at('2026-03-02'));
    await rounds.close(db, cohort.trainer, byHand, at('2026-03-04'));
    await run(at('2026-03-06', '00:00'));
    const told = async () => (await mails('trainer_summary')).filter(({ about }) => about.includes('"closed"'));
    await run(at('2026-03-14', '09:00'));
    expect(await told()).toEqual([]);
    await run(at('2026-03-11', '09:00'));
    expect((await told()).map(({ round_id }) => round_id)).toEqual([late]);
  });

  it('tells the trainers of a second closing too', async () => {
    const id = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-03' }, at('2026-02-01'));
    await run(at('2026-03-02'));
    await run(at('2026-03-04'));
    await rounds.reopen(db, cohort.trainer, cohort.secret, id, '2026-03-10', at('2026-03-04'));
    await run(at('2026-03-11'));
    await run(at('2026-03-11'));
    const told = (await mails('trainer_summary')).map(({ about }) => JSON.parse(about).kind);
    expect(told.filter((kind) => kind === 'closed')).toHaveLength(2);
  });

  it('leaves alone what opens and closes by hand', async () => {
    const id = await make.planRound(db, cohort);
    expect(await run(at('2030-01-01'))).toBe('opened 0, held back 0, closed 0, told 0, reminded 0');
    expect(await statusOf(id)).toBe('planned');
  });
});

describe('a round that breaks', () => {
  it('holds up no other, and the run says which one it was', async () => {
    const dates = { opensOn: '2026-03-02', closesOn: '2026-03-03' };
    const broken = await planned(dates, at('2026-02-01'));
    const sound = await planned(dates, at('2026-02-01'));
    const breakOn = (status: string) =>
      sql`CREATE TRIGGER ${sql.raw(`broken_${status}`)} BEFORE UPDATE OF status ON round
        WHEN NEW.id = ${sql.lit(broken)} AND NEW.status = ${sql.lit(status)}
        BEGIN SELECT RAISE(ABORT, 'a broken round'); END`.execute(db);
    await breakOn('open');
    const report = `the schedule failed for the rounds ${broken}`;
    await expect(run(at('2026-03-02'))).rejects.toThrow(report);
    expect([await statusOf(broken), await statusOf(sound)]).toEqual(['planned', 'open']);
    expect((await mails('trainer_summary')).map(({ about }) => JSON.parse(about).kind)).toEqual([
      'opened',
      'closing_soon',
    ]);
    await sql`DROP TRIGGER broken_open`.execute(db);
    await run(at('2026-03-02', '11:00'));
    await breakOn('closed');
    await expect(run(at('2026-03-04'))).rejects.toThrow(report);
    expect([await statusOf(broken), await statusOf(sound)]).toEqual(['open', 'closed']);
  });
});

describe('reminding by the schedule', () => {
  const opened = async (dates: Partial<rounds.Planning> = {}) => {
    const id = await planned(dates, at('2026-02-01'));
    await rounds.open(db, cohort.trainer, cohort.secret, id, at('2026-03-02'));
    return { id, invited: await make.listInvited(db, cohort, id) };
  };

  it('reminds each person once, after five days, and nobody who has submitted', async () => {
    const { invited } = await opened();
    await make.fillAndSubmit(db, make.inRole(invited, 'director'));
    expect(await run(at('2026-03-06'))).toMatch(/reminded 0/);
    expect(await run(at('2026-03-09'))).toMatch(/reminded 4/);
    expect(await run(at('2026-03-09', '11:00'))).toMatch(/reminded 0/);
    expect(await run(at('2026-03-12'))).toMatch(/reminded 0/);
    expect(await run(at('2026-03-13'))).toMatch(/reminded 4/);
    const director = make.inRole(invited, 'director').personId;
    expect((await mails('reminder')).some(({ person_id }) => person_id === director)).toBe(false);
  });

  it('says in one mail what is open at two schools', async () => {
    await make.addSeries(db, cohort);
    const { invited } = await opened();
    const [director] = invited.filter(({ role }) => role === 'director');
    await db
      .updateTable('invitation')
      .set({ person_id: director?.personId ?? '' })
      .where('role', '=', 'director')
      .execute();
    expect(await run(at('2026-03-09'))).toMatch(/reminded 9/);
  });

  it('takes two rounds in turn for somebody who is asked in both, once in three days', async () => {
    await opened();
    await opened();
    const days = ['2026-03-09', '2026-03-10', '2026-03-12', '2026-03-16'];
    for (const day of days) await run(at(day));
    const { person_id: personId } = await db.selectFrom('mail').select('person_id').executeTakeFirstOrThrow();
    const own = (await mails('reminder')).filter((mail) => mail.person_id === personId);
    expect(own.map(({ created_at: when }) => when.slice(0, 10))).toEqual(['2026-03-09', '2026-03-12', '2026-03-16']);
    expect(new Set(own.slice(0, 2).map((mail) => mail.round_id)).size).toBe(2);
  });

  it('leaves out whose invitation did not arrive', async () => {
    const { invited } = await opened();
    const { personId } = make.inRole(invited, 'ib');
    await db.updateTable('mail').set({ status: 'failed', fault: '550' }).where('person_id', '=', personId).execute();
    expect(await run(at('2026-03-09'))).toMatch(/reminded 4/);
  });

  it('does not where a round does not remind, the cohort is invented, or there is no address', async () => {
    const { id, invited } = await opened({ reminds: false });
    expect(await run(at('2026-03-09'))).toMatch(/reminded 0/);
    await db.updateTable('round').set({ reminds: 1 }).where('id', '=', id).execute();
    await db.updateTable('person').set({ email: null }).where('id', '=', make.inRole(invited, 'ib').personId).execute();
    expect(await run(at('2026-03-09'))).toMatch(/reminded 4/);
    await db.insertInto('demonstration').values({ kind: 'cohort', object_id: cohort.id }).execute();
    expect(await run(at('2026-03-13'))).toMatch(/reminded 0/);
  });

  it('sends nothing twice when the clock is set forward and back', async () => {
    await opened();
    expect(await run(at('2026-03-20'))).toMatch(/reminded 5/); // a clock that is eleven days ahead
    for (const day of ['2026-03-09', '2026-03-10', '2026-03-20']) expect(await run(at(day))).toMatch(/reminded 0/);
    expect(await mails('reminder')).toHaveLength(5);
  });

  it('sends no other one where the last failed, until somebody has looked at it', async () => {
    const { invited } = await opened({});
    const { personId } = make.inRole(invited, 'teacher');
    const toTeacher = async () => (await mails('reminder')).filter((mail) => mail.person_id === personId).length;
    await run(at('2026-03-09'));
    expect(await toTeacher()).toBe(1);
    await db
      .updateTable('mail')
      .set({ status: 'failed', fault: 'address_refused 550' })
      .where('template', '=', 'reminder')
      .where('person_id', '=', personId)
      .execute();
    for (const day of ['2026-03-10', '2026-03-11', '2026-03-16']) await run(at(day));
    expect(await toTeacher()).toBe(1);
  });

  it('reminds once in the hour that the night of winter time has twice', async () => {
    await opened();
    await run(new Date('2026-10-25T00:30:00Z'));
    await run(new Date('2026-10-25T01:30:00Z'));
    expect(await mails('reminder')).toHaveLength(0); // a Sunday night
    await run(new Date('2026-10-26T07:30:00Z'));
    await run(new Date('2026-10-26T07:30:00Z'));
    expect(await mails('reminder')).toHaveLength(5);
  });

  it('counts a reminder by hand', async () => {
    const { id } = await opened();
    await reminders.send(db, cohort.trainer, id, {}, at('2026-03-07', '20:00'));
    expect(await run(at('2026-03-09'))).toMatch(/reminded 0/);
    await expect(reminders.send(db, cohort.trainer, id, {}, at('2026-03-09'))).rejects.toEqual(
      refused('nobody_to_remind'),
    );
    expect(await run(at('2026-03-11'))).toMatch(/reminded 5/);
  });
});

describe('two processes at once', () => {
  it('open, close and remind once', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'drieluik-schedule-'));
    const file = join(dir, 'data.sqlite');
    // A short wait: the two are in one process here, and a wait holds up the other.
    const one = await openDatabase({ file, busyTimeout: 1 });
    const two = await openDatabase({ file, busyTimeout: 1 });
    onTestFinished(async () => {
      await one.close();
      await two.close();
      rmSync(dir, { recursive: true, force: true });
    });
    await migrate(one.db);
    await instruments.ensureShipped(one.db, shippedInstrument());
    db = one.db;
    cohort = await make.makeCohort(db);
    for (let school = 0; school < 3; school += 1) await make.addSeries(db, cohort);
    const id = await planned({ opensOn: '2026-03-02', closesOn: '2026-03-20' }, at('2026-02-01'));
    const both = async (now: Date) => {
      const outcomes = await Promise.allSettled([one.db, two.db].map((each) => runSchedule(each, settings, now)));
      // The one that found the file locked is tried again, as a job is.
      for (const [index, { status }] of outcomes.entries()) {
        if (status === 'rejected') await runSchedule(index === 0 ? one.db : two.db, settings, now);
      }
    };
    await both(at('2026-03-02'));
    expect(await db.selectFrom('invitation').selectAll().execute()).toHaveLength(15);
    expect(await mails('invitation')).toHaveLength(15);
    await both(at('2026-03-09'));
    expect(await mails('reminder')).toHaveLength(15);
    await both(at('2026-03-21'));
    expect(await statusOf(id)).toBe('closed');
    const log = await db.selectFrom('audit_event').select('action').where('object_id', '=', id).execute();
    for (const action of ['round.opened', 'round.reminded', 'round.closed']) {
      expect(
        log.filter((event) => event.action === action),
        action,
      ).toHaveLength(1);
    }
  });
});
