import { beforeEach, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue, type NewMail } from '#lib/server/mail/outbox-service.ts';
import { testDatabase } from '../support/database.ts';

let db: Db;
const now = new Date('2026-01-05T09:00:00Z');
const mail: NewMail = {
  template: 'test',
  to: { address: 'iemand@school.example', language: 'nl' },
  about: {},
  roundId: null,
  onceKey: 'test:1',
};

beforeEach(async () => {
  db = await testDatabase();
});

it('a mail that is asked for twice is there once', async () => {
  await enqueue(db, mail, now);
  await enqueue(db, { ...mail, to: { address: 'ander@school.example', language: 'en' } }, now);
  await enqueue(db, { ...mail, onceKey: 'test:2' }, now);
  const rows = await db.selectFrom('mail').select(['once_key', 'address', 'status']).orderBy('once_key').execute();
  expect(rows).toEqual([
    { once_key: 'test:1', address: 'iemand@school.example', status: 'waiting' },
    { once_key: 'test:2', address: 'iemand@school.example', status: 'waiting' },
  ]);
});

it('a mail goes with the change that it tells of, or not at all', async () => {
  const work = db.transaction().execute(async (trx) => {
    await enqueue(trx, mail, now);
    throw new Error('the change failed');
  });
  await expect(work).rejects.toThrow('the change failed');
  expect(await db.selectFrom('mail').select('id').execute()).toEqual([]);
});
