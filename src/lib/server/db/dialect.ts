import type BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, SqliteDialect, SqliteDriver, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Driver } from 'kysely';
import { withStatementCache } from './statement-cache.ts';

/**
 * Kysely's SQLite, with every statement prepared and planned once, transactions that wait for their turn, and something to
 * do before each commit.
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
    return this.#raw.readonly ? super.createDriver() : new WritingDriver(this.#raw, this.#beforeCommit);
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyPlanCompiler();
  }
}

class WritingDriver extends SqliteDriver {
  readonly #raw: BetterSqlite3.Database;
  readonly #beforeCommit: () => void;

  constructor(raw: BetterSqlite3.Database, beforeCommit: () => void) {
    super({ database: withStatementCache(raw) });
    this.#raw = raw;
    this.#beforeCommit = beforeCommit;
  }

  /**
   * With the right to write from the start. A transaction that reads before it writes is else refused at once, whatever
   * the timeout, when another process wrote in between: two servers that started on one file together ended each other.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#beforeCommit();
    await super.commitTransaction(connection);
  }

  /** A full disk has SQLite undo the whole transaction by itself; undoing it again would hide what went wrong. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#raw.inTransaction) await super.rollbackTransaction(connection);
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
