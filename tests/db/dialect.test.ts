import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '#lib/server/db/open.ts';

let database: OpenDatabase;
beforeEach(async () => {
  database = await openDatabase({ file: ':memory:' });
});
afterEach(() => database.close());

describe('a parameter', () => {
  it('is one that SQLite does not plan for, so that a new value does not plan the statement anew', () => {
    const query = database.db.selectFrom('school').select('id').where('name', '=', 'De Wingerd').limit(1);
    expect(query.compile().sql.match(/\+?\?/g)).toEqual(['+?', '+?']);
  });

  it.each([4, 2.5, '4', '-4', '', 'Zoë', null, new Uint8Array([1, 2])])(
    'stays the value that it was: %j',
    async (given) => {
      const { rows } = await sql<{ value: unknown }>`select ${given} as value`.execute(database.db);
      const [row] = rows;
      expect(row?.value instanceof Uint8Array ? new Uint8Array(row.value) : row?.value).toEqual(given);
    },
  );
});
