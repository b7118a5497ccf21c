import { DomainError } from '#lib/errors.ts';
import type { Refusal } from '#lib/instrument/faults.ts';
import { ConfigError } from '#lib/server/config.ts';
import { databaseFault } from '#lib/server/db/faults.ts';
import { errorText } from '#lib/text/errors.ts';
import { faultLine } from '#lib/text/faults.ts';
import { Refused } from './refused.ts';

/** So many faults of a file are named; then only how many more there are. */
const SHOWN = 50;

/** The refusal of a file, every fault as `file:line:column: what`. `hint` follows when it helps. */
export function fileRefused(file: string, { faults, total }: Refusal, hint?: string): Refused {
  const shown = faults.slice(0, SHOWN).map((fault) => faultLine(file, fault, 'en'));
  const rest = total - shown.length;
  return new Refused([...shown, ...(rest > 0 ? [`… and ${rest} more`] : []), ...(hint ? [hint] : [])].join('\n'));
}

/** What went wrong as text for stderr. Stack traces are for whoever asks for them (LOG_LEVEL=debug). */
export function explain(cause: unknown, withStack: boolean): string {
  const known = sentence(cause);
  if (known !== null) return `${known}\n`;
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const detail = withStack ? (error.stack ?? error.message) : error.message;
  return `Something went wrong and nothing was changed: ${detail}\n`;
}

function sentence(cause: unknown): string | null {
  if (cause instanceof Refused) return cause.message;
  if (cause instanceof ConfigError) return `A setting cannot be used.\n${cause.message}`;
  if (cause instanceof DomainError) return errorText(cause.code, 'en');
  const fault = databaseFault(cause);
  if (fault !== null) return errorText(fault, 'en');
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'SQLITE_NOTADB') return 'The database file is no database.';
  if (code === 'SQLITE_CORRUPT') return 'The database file is damaged.';
  if (code === 'SQLITE_CANTOPEN') return 'The database file cannot be opened.';
  return null;
}
