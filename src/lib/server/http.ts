import { error, fail, isHttpError, isRedirect, type ActionFailure } from '@sveltejs/kit';
import { DomainError, statusOf, type ErrorCode } from '#lib/errors.ts';
import { errorText } from '#lib/text/errors.ts';
import { databaseFault } from './db/faults.ts';
import { noteRefusal } from './refused.ts';

/**
 * The rule to name for an error, if it is one: a refusal of a service, or a database that cannot write. What somebody
 * may not see is answered in the very words for what is not there (product.md, Roles and rights).
 */
export function codeOf(cause: unknown): ErrorCode | null {
  const code = cause instanceof DomainError ? cause.code : databaseFault(cause);
  if (code !== 'forbidden') return code;
  noteRefusal('object');
  return 'not_found';
}

/**
 * For loads: a refused rule becomes a page with its status and its text; anything else stays an unexpected error.
 */
export async function orError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    error(statusOf(code), { message: errorText(code), code });
  }
}

/** What a form action gives back when a rule refuses: the page shows `message`, and `values` keeps what was typed. */
export type Refusal<V> = { code: ErrorCode; message: string; values: V };

/**
 * For form actions: a refused rule comes back to the form with its message, and what was typed stays. What may not be
 * seen (404) becomes an error page.
 */
export async function orFail<T, V>(work: Promise<T>, values: V): Promise<T | ActionFailure<Refusal<V>>> {
  try {
    return await work;
  } catch (cause) {
    if (isHttpError(cause) || isRedirect(cause)) throw cause;
    const code = codeOf(cause);
    if (code === null) throw cause;
    const status = statusOf(code);
    if (status === 404) error(404, { message: errorText(code), code });
    return fail(status, { code, message: errorText(code), values });
  }
}
