import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authOptions } from '#lib/server/auth/auth.ts';
import { databaseFault } from '#lib/server/db/faults.ts';
import { migrate, newestMigration } from '#lib/server/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/db/open.ts';
import { requireNode } from '#lib/server/db/require-node.ts';

let folder: string;
let file: string;
let database: OpenDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drieluik-database-'));
  file = join(folder, 'test.sqlite');
  database = await openDatabase({ file });
  await migrate(database.db);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const insertSchool = (name: string) =>
  database.db.insertInto('school').values({ id: name, name, brin: null, created_at: '' }).execute();

describe('the database', () => {
  it('is opened durable, with foreign keys, and waits for its turn', () => {
    const pragma = (name: string) => database.raw.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2); // FULL
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('busy_timeout')).toBe(5000);
  });

  it('keeps little of the file in memory, the least of what is only read', async () => {
    const reader = await openDatabase({ file, readonly: true });
    const kept = [database, reader].map(({ raw }) => raw.pragma('cache_size', { simple: true }));
    await reader.close();
    expect(kept).toEqual([-8_000, -2_000]); // KiB, where a size in pages is positive
  });

  it('is a file that only its owner can read, and so is its log', async () => {
    await insertSchool('De Wingerd');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  });

  it('is closed to others again when it was put back open', async () => {
    await database.close();
    chmodSync(file, 0o644);
    database = await openDatabase({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has strict tables only', async () => {
    const { rows } = await sql<{ name: string }>`
      select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0
        and name not like 'sqlite_%' and name not like 'kysely_%'`.execute(database.db);
    expect(rows).toEqual([]);
  });

  it('migrates twice without harm', async () => {
    await insertSchool('De Wingerd');
    expect(await migrate(database.db)).toBe(newestMigration());
    expect(await database.db.selectFrom('school').select('name').execute()).toEqual([{ name: 'De Wingerd' }]);
  });

  it('gives better-auth every table and column that it expects', async () => {
    const options = authOptions(database.db, { secret: 'x'.repeat(32), publicUrl: 'http://localhost' });
    const { toBeCreated, toBeAdded } = await getMigrations(options);
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  });

  it('cannot be written through the connection for reports', async () => {
    const reader = await openDatabase({ file, readonly: true });
    const write = reader.db.insertInto('school').values({ id: 'x', name: 'x', brin: null, created_at: '' }).execute();
    await expect(write).rejects.toSatisfy((cause) => databaseFault(cause) === 'database_read_only');
    await reader.close();
  });

  it('says so when the disk is full', async () => {
    database.raw.pragma('max_page_count = 1');
    const fill = async () => {
      for (let index = 0; index < 500; index += 1) await insertSchool(`${index} ${'x'.repeat(500)}`);
    };
    await expect(fill()).rejects.toSatisfy((cause) => databaseFault(cause) === 'database_full');
  });

  it('lets a transaction that has read write too: nobody else writes in between', async () => {
    const other = await openDatabase({ file, busyTimeout: 1 });
    await database.db.transaction().execute(async (trx) => {
      await trx.selectFrom('school').select('id').execute();
      const row = { id: 'x', name: 'x', brin: null, created_at: '' };
      const write = other.db.insertInto('school').values(row).execute();
      await expect(write).rejects.toSatisfy((cause) => databaseFault(cause) === 'database_busy');
      await trx
        .insertInto('school')
        .values({ ...row, id: 'y', name: 'y' })
        .execute();
    });
    await other.close();
    expect(await database.db.selectFrom('school').select('id').execute()).toEqual([{ id: 'y' }]);
  });

  it('says so when another process keeps it locked', async () => {
    const other = await openDatabase({ file });
    other.raw.exec('begin immediate');
    database.raw.pragma('busy_timeout = 10');
    await expect(insertSchool('x')).rejects.toSatisfy((cause) => databaseFault(cause) === 'database_busy');
    other.raw.exec('rollback');
    await other.close();
  });

  it('takes other errors for what they are', () => {
    expect(databaseFault(new Error('x'))).toBeNull();
    expect(databaseFault(Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }))).toBeNull();
  });
});

describe('Node', () => {
  it.each(['20.20.2', '22.17.0', '18.0.0'])('%s is refused with a sentence that says what to do', (version) => {
    expect(() => requireNode(version)).toThrow(/needs Node 22\.18 or newer.*npm start/);
  });
  it.each(['22.18.0', '24.21.0'])('%s will do', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });
});
