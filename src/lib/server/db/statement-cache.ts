import type BetterSqlite3 from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Enough for every query of the product; import statements of odd lengths push out the oldest. */
const STATEMENTS = 300;

/**
 * The driver as Kysely uses it, with each statement prepared once: Kysely would prepare anew at every call, which cost
 * more than running the statement (bench/save). Nothing here streams, so no statement is ever in use twice.
 */
export function withStatementCache(raw: BetterSqlite3.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => void raw.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = raw.prepare<unknown[]>(sql);
      const [oldest] = statements.keys();
      if (statements.size >= STATEMENTS && oldest !== undefined) statements.delete(oldest);
      statements.set(sql, statement);
      return statement;
    },
  };
}
