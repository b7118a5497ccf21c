import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitTogether } from '#lib/server/db/commit-together.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { openDatabase, type Db, type OpenDatabase } from '#lib/server/db/open.ts';

let database: OpenDatabase;
beforeEach(async () => {
  database = await openDatabase({ file: ':memory:' });
  await migrate(database.db);
});
afterEach(() => database.close());

const insert = (id: string) => async (trx: Db) => {
  await trx.insertInto('school').values({ id, name: id, brin: null, created_at: '' }).execute();
  return id;
};
const stored = async () =>
  (await database.db.selectFrom('school').select('id').orderBy('id').execute()).map((row) => row.id);
describe('writes that are committed together', () => {
  it('each get their own result', async () => {
    const ids = ['a', 'b', 'c'];
    expect(await Promise.all(ids.map((id) => commitTogether(database.db, insert(id))))).toEqual(ids);
    expect(await stored()).toEqual(ids);
  });

  it('share one transaction when they come in one turn: the last sees what the first wrote before it is committed', async () => {
    const observer = commitTogether(database.db, async (trx) => {
      const inside = await trx.selectFrom('school').select('id').execute();
      return { inside: inside.length, isCommitted: !database.raw.inTransaction };
    });
    const first = Promise.all([commitTogether(database.db, insert('a')), observer]);
    const last = commitTogether(database.db, async (trx) => {
      const inside = await trx.selectFrom('school').select('id').execute();
      return { inside: inside.length, isCommitted: !database.raw.inTransaction };
    });
    await first;
    expect(await observer).toEqual({ inside: 0, isCommitted: false });
    expect(await last).toEqual({ inside: 1, isCommitted: false });
  });

  it('are written without the one that fails, which alone is refused', async () => {
    const results = await Promise.allSettled(['a', 'b', 'a', 'c'].map((id) => commitTogether(database.db, insert(id))));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await stored()).toEqual(['a', 'b', 'c']);
  });

  it('wait once, not once each, for a database that somebody else keeps locked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drieluik-together-'));
    const file = join(folder, 'test.sqlite');
    const own = await openDatabase({ file, busyTimeout: 200 });
    await migrate(own.db);
    const other = await openDatabase({ file });
    other.raw.exec('begin immediate');
    const start = performance.now();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, id) => commitTogether(own.db, insert(`${id}`))),
    );
    expect(results.every((result) => result.status === 'rejected')).toBe(true);
    expect(performance.now() - start).toBeLessThan(20 * 200);
    other.raw.exec('rollback');
    await other.close();
    await own.close();
    rmSync(folder, { recursive: true });
  });

  it('tell everybody when the disk refuses the commit', async () => {
    database.raw.pragma('query_only = on');
    const results = await Promise.allSettled(['a', 'b'].map((id) => commitTogether(database.db, insert(id))));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    database.raw.pragma('query_only = off');
    expect(await commitTogether(database.db, insert('c'))).toBe('c');
    expect(await stored()).toEqual(['c']);
  });
});
