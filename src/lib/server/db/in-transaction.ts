import type { Db } from './open.ts';

/**
 * Runs the work in the transaction that `db` is, or else in one of its own: a step that is whole by itself can so be
 * part of something larger that is all or nothing.
 */
export function inTransaction<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
