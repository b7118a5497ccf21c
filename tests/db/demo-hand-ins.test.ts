import { expect, it } from 'vitest';
import * as demo from '#lib/server/demo/service.ts';
import { testDatabase } from '../support/database.ts';
import { loadDemo, OPERATOR } from '../support/demo.ts';

it('the demonstration has work that was handed in, most of it answered, mails nobody about it, and takes it along', async () => {
  const db = await testDatabase();
  await loadDemo(db);
  const work = await db.selectFrom('hand_in').select(['text', 'feedback']).execute();
  const answered = work.filter(({ feedback }) => feedback !== null);
  expect(work.length).toBeGreaterThan(20);
  expect(work.every(({ text }) => text !== '')).toBe(true);
  expect(answered.length).toBeGreaterThan(work.length / 3);
  expect(answered.length).toBeLessThan(work.length);
  const mails = db.selectFrom('mail').select('id').where('template', '=', 'feedback_given');
  expect(await mails.execute()).toEqual([]);
  await demo.remove(db, OPERATOR);
  expect(await db.selectFrom('hand_in').select('id').execute()).toEqual([]);
}, 60_000);
