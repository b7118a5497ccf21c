import type BetterSqlite3 from 'better-sqlite3';
import { SqliteDialect, SqliteDriver, SqliteQueryCompiler, type DatabaseConnection, type Driver } from 'kysely';
import { withStatementCache } from './statement-cache.ts';

/**
 * Kysely's SQLite, with every statement prepared and planned once, and with something to do before each commit.
 */
export class SteadySqliteDialect extends SqliteDialect {
  readonly #raw: BetterSqlite3.Database;
  readonly #beforeCommit: () => void;

  /** @param beforeCommit runs in the transaction; what it throws undoes the transaction */
  constructor(raw: BetterSqlite3.Database, beforeCommit: () => void) {
    super({ database: withStatementCache(raw) });
    this.#raw = raw;
    this.#beforeCommit = beforeCommit;
  }

  override createDriver(): Driver {
    return new CommittingDriver(this.#raw, this.#beforeCommit);
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyPlanCompiler();
  }
}

class CommittingDriver extends SqliteDriver {
  readonly #beforeCommit: () => void;

  constructor(raw: BetterSqlite3.Database, beforeCommit: () => void) {
    super({ database: withStatementCache(raw) });
    this.#beforeCommit = beforeCommit;
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#beforeCommit();
    await super.commitTransaction(connection);
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
