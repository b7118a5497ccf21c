import { describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { FileWords, LogFilter, LogLine } from '#lib/server/audit/log-service.ts';
import * as log from '#lib/server/audit/log-service.ts';
import { forget, record } from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const EVERYTHING: LogFilter = { who: '', action: '', about: '', from: '', until: '' };
const WORDS: FileWords = {
  ...{ delimiter: ';', header: ['at', 'who', 'what', 'about', 'details', 'action', 'type', 'id'] },
  ...{ who: ({ who }) => who.name ?? who.kind, action: ({ action }) => action },
  ...{ object: ({ object }) => object.name ?? 'gone', details: () => '' },
};

async function stage(): Promise<{ db: Db; admin: UserActor; cohort: make.TestCohort; roundId: string }> {
  const db = await testDatabase();
  const admin = await make.makeTrainer(db, { admin: true });
  const cohort = await make.makeCohort(db, { name: 'Rivierenrand' });
  await make.addSeries(db, cohort, { school: 'De Wingerd', ib: 'Marloes Hendriks' });
  const { id: roundId } = await make.openRound(db, cohort);
  return { db, admin, cohort, roundId };
}

const linesOf = async (db: Db, actor: UserActor, filter: Partial<LogFilter> = {}): Promise<LogLine[]> =>
  (await log.readPage(db, actor, { ...EVERYTHING, ...filter }, null)).lines;

describe('the log only grows', () => {
  it('no line can be changed, replaced or taken away', async () => {
    const { db } = await stage();
    const lines = db.selectFrom('audit_event').selectAll();
    const before = await lines.execute();
    const [first] = before;
    if (!first) throw new Error('nothing was written down');
    await expect(db.updateTable('audit_event').set({ action: 'x' }).execute()).rejects.toThrow('never changes');
    await expect(db.deleteFrom('audit_event').execute()).rejects.toThrow('never taken away');
    const replacing = db.replaceInto('audit_event').values({ ...first, action: 'x' });
    await expect(replacing.execute()).rejects.toThrow('a line with this id');
    expect(await lines.execute()).toEqual(before);
  });

  it('but for lines about objects that the one door names, and it closes behind them', async () => {
    const { db, cohort, roundId } = await stage();
    const about = (id: string) => db.selectFrom('audit_event').select('id').where('object_id', '=', id).execute();
    expect(await about(roundId)).not.toEqual([]);
    const others = (await db.selectFrom('audit_event').select('id').where('object_id', '!=', roundId).execute()).length;
    await db.transaction().execute((trx) => forget(trx, [roundId]));
    expect(await about(roundId)).toEqual([]);
    expect(await db.selectFrom('audit_event').select('id').execute()).toHaveLength(others);
    await expect(db.deleteFrom('audit_event').where('object_id', '=', cohort.id).execute()).rejects.toThrow();
  });
});

describe('reading the log', () => {
  it('names who did what, newest first, by the names of now', async () => {
    const { db, admin, cohort, roundId } = await stage();
    await cohorts.change(db, cohort.trainer, cohort.id, 1, {
      name: 'Nieuwe naam',
      programme: null,
      trainerSeesSchools: false,
    });
    const [newest, ...older] = await linesOf(db, admin);
    expect(newest).toMatchObject({
      ...{ action: 'cohort.changed', object: { name: 'Nieuwe naam' }, who: { name: cohort.trainer.name } },
    });
    expect(older.find(({ action }) => action === 'round.opened')).toMatchObject({
      object: { id: roundId, name: 'T0, Nieuwe naam' },
    });
    expect(older.find(({ action }) => action === 'series.added')?.object.name).toBe(
      'Marloes Hendriks, De Wingerd, Nieuwe naam',
    );
    const times = [newest, ...older].map((line) => line?.at ?? '');
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('names who came into a team and who left it, beside the team that it is', async () => {
    const { db, admin, cohort } = await stage();
    const [series] = await cohorts.listSeries(db, cohort.id);
    const director = series?.team.find(({ role }) => role === 'director');
    const at = { seriesId: series?.id ?? '', memberId: director?.id ?? '', version: series?.version ?? 0 };
    const marjan = { name: 'Marjan Smit', email: 'marjan@school.example' };
    await people.replaceRater(db, cohort.trainer, cohort.secret, at, marjan, new Date());
    const lines = (await linesOf(db, admin)).filter(({ action }) => action.startsWith('team.'));
    expect(lines.slice(0, 2)).toMatchObject([
      { action: 'team.added', details: [{ key: 'person', value: 'Marjan Smit' }, { value: 'director' }] },
      { action: 'team.left', details: [{ key: 'person', value: director?.name }, { value: 'director' }] },
    ]);
    expect(lines.slice(0, 2).map(({ object }) => object.id)).toEqual([at.seriesId, at.seriesId]);
  });

  it('says of what is gone that it is', async () => {
    const { db, admin, cohort } = await stage();
    const planned = await make.planRound(db, cohort);
    await rounds.cancel(db, cohort.trainer, planned);
    const lines = await linesOf(db, admin, { about: planned });
    expect(lines.map(({ action, object }) => [action, object.name])).toEqual([
      ['round.cancelled', null],
      ['round.planned', null],
    ]);
  });

  it('can be narrowed by who, by action, by object and by period, and by all of them', async () => {
    const { db, admin, cohort, roundId } = await stage();
    const other = await make.makeCohort(db);
    const byTrainer = await linesOf(db, admin, { who: cohort.trainer.userId });
    expect(new Set(byTrainer.map(({ who }) => who.userId))).toEqual(new Set([cohort.trainer.userId]));
    const byOperator = await linesOf(db, admin, { who: log.OPERATOR });
    expect(new Set(byOperator.map(({ who }) => who.kind))).toEqual(new Set(['operator']));
    const created = await linesOf(db, admin, { action: 'cohort.created' });
    expect(created.map(({ object }) => object.id)).toEqual([other.id, cohort.id]);
    expect((await linesOf(db, admin, { about: roundId })).map(({ action }) => action)).toEqual([
      'round.opened',
      'round.planned',
    ]);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());
    expect((await linesOf(db, admin, { from: today, until: today })).length).toBeGreaterThan(5);
    expect(await linesOf(db, admin, { until: '2020-01-01' })).toEqual([]);
    const all = { who: cohort.trainer.userId, action: 'round.opened', about: cohort.id, from: today } as const;
    expect((await linesOf(db, admin, all)).map(({ object }) => object.id)).toEqual([roundId]);
  });

  it('a cohort stands for all that hangs on it, and for nothing else', async () => {
    const { db, admin, cohort, roundId } = await stage();
    const other = await make.makeCohort(db);
    await make.addSeries(db, other);
    const types = new Set((await linesOf(db, admin, { about: cohort.id })).map(({ object }) => object.type));
    expect(types).toEqual(new Set(['cohort', 'series', 'round']));
    const ids = (await linesOf(db, admin, { about: cohort.id })).map(({ object }) => object.id);
    expect(ids).toContain(roundId);
    expect(ids).not.toContain(other.id);
  });

  it('goes on from a line, so that what is written meanwhile moves nothing', async () => {
    const { db, admin } = await stage();
    for (let index = 0; index < 60; index += 1) {
      await record(db, admin, 'report.downloaded', { type: 'school_round', id: newId() }, { file: `${index}` });
    }
    const first = await log.readPage(db, admin, { ...EVERYTHING, action: 'report.downloaded' }, null);
    await record(db, admin, 'report.downloaded', { type: 'school_round', id: newId() }, { file: 'later' });
    const second = await log.readPage(db, admin, { ...EVERYTHING, action: 'report.downloaded' }, first.next);
    const files = [...first.lines, ...second.lines].map(({ details }) => details[0]?.value);
    expect(files).toEqual(Array.from({ length: 60 }, (_, index) => String(59 - index)));
    expect(second.next).toBeNull();
  });

  it('shows no address, also of an account that has no other name, and nothing of a detail but what it knows', async () => {
    const { db, admin } = await stage();
    const made = await accounts.ensureAdmin(db, 'beheer@voorbeeld.example');
    const secret = { token: 'SECRET-TOKEN', email: 'joost@school.example', score: 4.7431, role: 'admin' };
    await record(db, { ...admin, userId: made.id }, 'account.granted', { type: 'user', id: made.id }, secret);
    const [line] = await linesOf(db, admin);
    expect(line).toMatchObject({ who: { name: 'beheer@…' }, object: { name: 'beheer@…' } });
    expect(line?.details).toEqual([{ key: 'role', value: 'admin' }]);
    expect(JSON.stringify(await linesOf(db, admin))).not.toMatch(/SECRET-TOKEN|\.example|4\.7431/);
  });

  it('is for administrators only', async () => {
    const { db, cohort } = await stage();
    const forbidden = expect.objectContaining({ code: 'forbidden' });
    await expect(log.readPage(db, cohort.trainer, EVERYTHING, null)).rejects.toEqual(forbidden);
    await expect(log.choices(db, cohort.trainer)).rejects.toEqual(forbidden);
    await expect(log.writeFile(db, db, cohort.trainer, EVERYTHING, WORDS)).rejects.toEqual(forbidden);
  });
});

describe('the file', () => {
  const fileOf = async (db: Db, admin: UserActor, filter: Partial<LogFilter> = {}) =>
    (await Array.fromAsync(await log.writeFile(db, db, admin, { ...EVERYTHING, ...filter }, WORDS))).join('');

  it('holds every line of the choice, and its own', async () => {
    const { db, admin } = await stage();
    for (let index = 0; index < 1100; index += 1) {
      await record(db, admin, 'report.downloaded', { type: 'school_round', id: newId() });
    }
    const rows = (await fileOf(db, admin, { action: 'report.downloaded' })).trimEnd().split('\r\n');
    expect(rows).toHaveLength(1101);
    expect(new Set(rows.slice(1)).size).toBe(1100);
    expect((await fileOf(db, admin)).split('\r\n')[1]).toContain('audit.downloaded');
    const [asked] = await db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'audit.downloaded')
      .execute();
    expect(asked?.detail).toBe('{"action":"report.downloaded"}');
  });

  it('runs no formula of whoever chose a name', async () => {
    const { db, admin } = await stage();
    await make.makeCohort(db, { name: '=HYPERLINK("http://x")' });
    expect(await fileOf(db, admin, { action: 'cohort.created' })).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});
