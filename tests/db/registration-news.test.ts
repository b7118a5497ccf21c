import { beforeEach, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as news from '#lib/server/registrations/news-service.ts';
import * as make from '../support/factories.ts';
import { giveAll, openRegistration, register, registering, school, sendWaiting } from '../support/registering.ts';

let db: Db;
let cohort: make.TestCohort;
let token: string;
beforeEach(async () => {
  ({ db, cohort, token } = await registering());
});

const at = (text: string) => new Date(`2026-11-${text}:00+01:00`);

/** What trainers get of it, sent through a real mail server; schools' own mail is not what this is about. */
async function mailed() {
  await db.deleteFrom('mail').where('address', 'is not', null).execute();
  return sendWaiting(db);
}

it('trainers hear in the morning how many schools registered, once a day and of each school once, without a name', async () => {
  const second = await make.makeCohort(db, { name: 'Cohort West', trainer: cohort.trainer });
  const west = await openRegistration(db, second);
  await register(db, cohort, token, school('De Klimop'), at('20T10:00'));
  await register(db, cohort, token, school('De Linde'), at('20T23:59'));
  await register(db, second, west, school('De Eik'), at('20T12:00'));
  expect(await news.tellOfNew(db, at('20T14:00'))).toBe('told 0');
  expect(await news.tellOfNew(db, at('21T07:59'))).toBe('told 0');
  await register(db, cohort, token, school('De Vlier'), at('21T08:00'));
  expect(await news.tellOfNew(db, at('21T08:00'))).toBe('told 1');
  expect(await news.tellOfNew(db, at('21T16:00'))).toBe('told 0');

  const [mail, ...more] = await mailed();
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('3 scholen hebben zich aangemeld');
  expect(mail?.text).toContain('Cohort Oost: 2 scholen');
  expect(mail?.text).toContain('Cohort West: 1 school');
  expect(mail?.text).not.toMatch(/Klimop|Linde|Eik|Vlier|Ib /);

  expect(await news.tellOfNew(db, at('22T09:00'))).toBe('told 1');
  const [next] = await mailed();
  expect(next?.subject).toBe('1 school heeft zich aangemeld');
  expect(next?.text).toContain(`/cohorts/${cohort.id}/registration`);
  expect(await news.tellOfNew(db, at('23T09:00'))).toBe('told 0');
});

it('is not mailed of schools that have a place by then, to whoever is trainer no more, or of invented cohorts', async () => {
  await register(db, cohort, token, school('De Klimop'), at('20T10:00'));
  await giveAll(db, cohort);
  expect(await news.tellOfNew(db, at('21T09:00'))).toBe('told 0');

  await register(db, cohort, token, school('De Linde'), at('21T10:00'));
  expect(await news.tellOfNew(db, at('22T09:00'))).toBe('told 1');
  await db.deleteFrom('role_grant').where('user_id', '=', cohort.trainer.userId).execute();
  expect(await mailed()).toEqual([]);

  const invented = await make.makeCohort(db, { name: 'Voorbeeld' });
  await register(db, invented, await openRegistration(db, invented), school('De Eik'), at('22T10:00'));
  await db.insertInto('demonstration').values({ kind: 'cohort', object_id: invented.id }).execute();
  expect(await news.tellOfNew(db, at('23T09:00'))).toBe('told 0');
});

it('a cohort without a trainer keeps its news for the one that comes', async () => {
  await register(db, cohort, token, school('De Klimop'), at('20T10:00'));
  const grant = db.selectFrom('role_grant').selectAll().where('cohort_id', '=', cohort.id);
  const held = await grant.executeTakeFirstOrThrow();
  await db.deleteFrom('role_grant').where('id', '=', held.id).execute();
  expect(await news.tellOfNew(db, at('21T09:00'))).toBe('told 0');
  await db.insertInto('role_grant').values(held).execute();
  expect(await news.tellOfNew(db, at('21T10:00'))).toBe('told 1');
});
