import type { ErrorCode } from '#lib/errors.ts';

/** A driver's error as a code of ours: the one place that knows error codes of a database. */
export function databaseFault(cause: unknown): ErrorCode | null {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null;
  if (cause.code.startsWith('SQLITE_BUSY') || cause.code.startsWith('SQLITE_LOCKED')) return 'database_busy';
  // The journal is a plain file on the same disk (journal.ts).
  if (cause.code === 'SQLITE_FULL' || cause.code === 'ENOSPC') return 'database_full';
  if (cause.code.startsWith('SQLITE_READONLY') || cause.code.startsWith('SQLITE_IOERR')) return 'database_read_only';
  return null;
}
