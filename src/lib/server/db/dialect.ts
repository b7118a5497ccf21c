import type BetterSqlite3 from 'better-sqlite3';
import { SqliteDialect, SqliteQueryCompiler } from 'kysely';
import { withStatementCache } from './statement-cache.ts';

/**
 * Kysely's SQLite, with every statement prepared and planned once.
 */
export class SteadySqliteDialect extends SqliteDialect {
  constructor(raw: BetterSqlite3.Database) {
    super({ database: withStatementCache(raw) });
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyPlanCompiler();
  }
}

/**
 * Writes each parameter as `+?`: the same value, but one that SQLite does not look at when it plans. The driver's SQLite
 * is built with STAT4, and then a bare `?` in a join has the statement planned anew at each new value: the ten lookups
 * of a rater's form took 200 µs instead of 11 (bench/save). The statistics that would repay this are never gathered here.
 */
class SteadyPlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}
