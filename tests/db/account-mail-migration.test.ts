import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '#migrations';
import { openDatabase } from '#lib/server/db/open.ts';

/** What the schema says of the indexes of the table of mail, by name. */
const indexesOfMail = sql<{ name: string; sql: string | null }>`
  select name, sql from sqlite_schema where type = 'index' and tbl_name = 'mail' and sql is not null order by name`;

it('making room for two kinds of mail keeps every row, index, check and key of the table of mail', async () => {
  const { db, raw, close } = await openDatabase({ file: ':memory:' });
  onTestFinished(close);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  expect((await migrator.migrateTo('0008-sessions-hashed')).error).toBeUndefined();
  await sql`insert into user (id, name, email, email_verified, created_at, updated_at)
    values ('ria', 'Ria', 'ria@school.example', 1, '', '')`.execute(db);
  const add = (id: string, template: string, status: string, userId: string | null) =>
    sql`insert into mail (id, template, user_id, address, language, about, once_key, status, attempts, due_at, claimed_until,
        fault, created_at, sent_at)
      values (${id}, ${template}, ${userId}, ${userId === null ? 'oud@school.example' : null}, ${userId === null ? 'en' : null},
        '{"to":"/"}', ${`key of ${id}`}, ${status}, 3, 'due', 'claimed', 'later', 'created',
        ${status === 'sent' ? 'sent' : null})`.execute(db);
  await add('m1', 'sign_in', 'sent', 'ria');
  await add('m2', 'address_replaced', 'failed', null);
  await add('m3', 'test', 'waiting', 'ria');
  const rows = await db.selectFrom('mail').selectAll().orderBy('id').execute();
  const indexes = (await indexesOfMail.execute(db)).rows;
  expect(indexes.map(({ name }) => name)).toEqual([
    'mail_due',
    'mail_failed',
    'mail_person',
    'mail_round',
    'mail_user',
  ]);

  expect((await migrator.migrateTo('0009-account-mail')).error).toBeUndefined();
  expect(await db.selectFrom('mail').selectAll().orderBy('id').execute()).toEqual(rows);
  expect((await indexesOfMail.execute(db)).rows).toEqual(indexes);
  expect(raw.pragma('foreign_key_check')).toEqual([]);

  await add('m4', 'account_added', 'waiting', 'ria');
  await add('m5', 'account_changed', 'waiting', 'ria');
  await expect(add('m6', 'no_such_kind', 'waiting', 'ria')).rejects.toThrow(/CHECK/);
  await expect(add('m4', 'test', 'waiting', 'ria')).rejects.toThrow(/UNIQUE/);
  await expect(add('m7', 'test', 'waiting', 'nobody')).rejects.toThrow(/FOREIGN KEY/);
  await sql`delete from user where id = 'ria'`.execute(db);
  expect(await db.selectFrom('mail').select('id').execute()).toEqual([{ id: 'm2' }]);
});
