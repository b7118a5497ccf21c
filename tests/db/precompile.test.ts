import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '#lib/server/db/open.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { precompiled } from '#lib/server/db/precompile.ts';

let database: OpenDatabase;
beforeEach(async () => {
  database = await openDatabase({ file: ':memory:' });
  await migrate(database.db);
});
afterEach(() => database.close());

const insert = precompiled<{ id: string; name: string }, { id: string }>((db, value) =>
  db
    .insertInto('school')
    .values({ id: value('id'), name: value('name'), brin: null, created_at: 'now' })
    .returning('id'),
);
const byName = precompiled<{ name: string }, { id: string; created_at: string }>((db, value) =>
  db.selectFrom('school').select(['id', 'created_at']).where('name', '=', value('name')),
);

describe('a precompiled query', () => {
  it('runs with the values of each call, beside values that were fixed when it was built', async () => {
    expect(await insert(database.db, { id: 'a', name: 'De Wingerd' })).toEqual([{ id: 'a' }]);
    expect(await insert(database.db, { id: 'b', name: 'De Klimop' })).toEqual([{ id: 'b' }]);
    expect(await byName(database.db, { name: 'De Klimop' })).toEqual([{ id: 'b', created_at: 'now' }]);
    expect(await byName(database.db, { name: 'Het Anker' })).toEqual([]);
  });

  it('takes part in a transaction', async () => {
    const failing = database.db.transaction().execute(async (trx) => {
      await insert(trx, { id: 'a', name: 'De Wingerd' });
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    expect(await byName(database.db, { name: 'De Wingerd' })).toEqual([]);
  });
});

describe('the statement cache', () => {
  it('keeps working with more statements than it holds', async () => {
    for (let count = 1; count <= 310; count += 1) {
      const columns = Array.from({ length: count }, (_, index) => `id as id${index}` as const);
      expect(await database.db.selectFrom('school').select(columns).execute()).toEqual([]);
    }
  });
});
