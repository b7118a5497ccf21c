import { sql, type RawBuilder } from 'kysely';
import type { Mail } from '#lib/server/db/schema.ts';

/**
 * A status written out in the statement. Most mail is sent, and the indexes for what waits and what failed have just those
 * rows: SQLite uses them only where it sees the status as it plans, which it does not of a parameter (docs/decisions.md, 27).
 */
export function literally<Status extends Mail['status']>(status: Status): RawBuilder<Status> {
  return sql.lit(status);
}
