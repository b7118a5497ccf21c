import { beforeEach, describe, expect, it } from 'vitest';
import * as attendance from '#lib/server/attendance/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { clearCohort } from '#lib/server/usefulness/kept-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const startsAt = '2026-11-24T08:30:00.000Z';
const after = new Date('2026-11-24T13:00:00Z');
const operator = { kind: 'operator' } as const;

let db: Db;
let cohort: make.TestCohort;
let session: string;
let people: string[];
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  for (let at = 1; at <= 6; at += 1) await make.addSeries(db, cohort, { ib: `IB'er ${at}`, teachers: 0 });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
  session = await addSession(db, cohort.id, { startsAt });
  await attendance.markRest(db, cohort.trainer, cohort.id, session, after);
  await usefulness.ask(db, cohort.trainer, { secret: make.SECRET, mail: {} }, cohort.id, session, after);
  people = (await attendance.open(db, cohort.trainer, cohort.id, session, after)).people.map((each) => each.personId);
});

const answer = (index: number, value: number) =>
  usefulness.fillIn(db, session, people[index] ?? '', { value, useful: `woorden van ${index}`, more: '' }, after);
const seen = () => usefulness.ofSession(db, cohort.trainer, cohort.id, session, after);
const everything = async () =>
  JSON.stringify([
    await db.selectFrom('usefulness_answer').selectAll().execute(),
    await db.selectFrom('usefulness_link').selectAll().execute(),
    await db.selectFrom('attendance').selectAll().execute(),
    await db.selectFrom('mail').selectAll().execute(),
  ]);
async function erase(index: number): Promise<void> {
  const admin = await make.makeTrainer(db, { admin: true });
  await erasure.erase(db, admin, people[index] ?? '', `IB'er ${index + 1}`, after);
}

describe('erasing a participant', () => {
  it('takes attendance, link, mail and words, and leaves a number that was shown without a name', async () => {
    for (const [index, value] of [9, 7, 7, 7, 7].entries()) await answer(index, value);
    await erase(0);
    expect(await everything()).not.toContain(people[0] ?? '');
    expect(await everything()).not.toContain('woorden van 0');
    expect((await seen())?.shown).toMatchObject({ n: 5, mean: 7.4 });
    const { session: brief } = await attendance.open(db, cohort.trainer, cohort.id, session, after);
    expect(brief.counts).toEqual({ present: 5, absent: 0, open: 0 });
  });

  it('takes an answer that was not shown as a whole', async () => {
    await answer(0, 9);
    await erase(0);
    expect((await seen())?.answered).toBe(0);
  });

  it('goes back to what was shown where the answer changed since', async () => {
    for (const [index, value] of [9, 7, 7, 7, 7].entries()) await answer(index, value);
    await answer(0, 1);
    await erase(0);
    const rows = await db.selectFrom('usefulness_answer').select('value').where('link_id', 'is', null).execute();
    expect(rows).toEqual([{ value: 9 }]);
  });
});

describe('the term of a cohort', () => {
  it('takes words and links, and leaves what was shown in numbers', async () => {
    for (const [index, value] of [9, 7, 7, 7, 7].entries()) await answer(index, value);
    await clearCohort(db, cohort.id);
    expect(await everything()).not.toContain('woorden van');
    expect((await seen())?.asked).toEqual([]);
    expect((await seen())?.shown).toMatchObject({ n: 5, mean: 7.4, useful: [] });
    expect(await db.selectFrom('mail').selectAll().where('once_key', 'like', 'usefulness:%').execute()).toEqual([]);
  });
});

describe('the own data', () => {
  it('have the own attendance and the own answer, and nobody else’s', async () => {
    await answer(0, 9);
    await answer(1, 3);
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', people[0] ?? '')
      .executeTakeFirstOrThrow();
    const data = await personalData.ofAddress(db, operator, email ?? '', 'nl');
    expect(data.attendance).toMatchObject([{ presence: 'present', startsAt }]);
    expect(data.usefulness).toMatchObject([{ value: 9, useful: 'woorden van 0' }]);
    const sheet = personalData.sheetsOf(data, 'nl').find(({ name }) => name === 'Bijeenkomsten');
    expect(sheet?.table.flat()).toEqual(expect.arrayContaining(['Aanwezig', 9, 'woorden van 0']));
    expect(JSON.stringify(data)).not.toContain('woorden van 1');
  });
});
