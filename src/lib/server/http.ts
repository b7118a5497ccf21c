import { error, fail, isHttpError, isRedirect, type ActionFailure } from '@sveltejs/kit';
import { DomainError, SchoolRefused, statusOf, type ErrorCode } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { errorText } from '#lib/text/errors.ts';
import { dayText } from '#lib/text/dates.ts';
import { timeText } from '#lib/text/moments.ts';
import { TooManyAttempts } from './limits/guesses-service.ts';
import { databaseFault } from './db/faults.ts';
import { noteRefusal } from './refused.ts';
import { noteRetry } from './retry-at.ts';

/**
 * The rule to name for an error, if it is one: a refusal of a service, or a database that cannot write. What somebody
 * may not see is answered in the very words for what is not there (product.md, Roles and rights).
 */
export function codeOf(cause: unknown): ErrorCode | null {
  if (cause instanceof TooManyAttempts) noteRetry(cause.until);
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
    error(statusOf(code), { message: textOf(cause, code), code });
  }
}

/** The sentence for a refusal; one that ends by itself says when, and one because of a single school which that is. */
function textOf(cause: unknown, code: ErrorCode): string {
  if (cause instanceof SchoolRefused) {
    const { school } = cause;
    if (code === 'school_round_incomplete') return m.registration_refused_incomplete({ school });
    return m.registration_refused({ school, why: errorText(code) });
  }
  if (!(cause instanceof TooManyAttempts)) return errorText(code);
  const [until, locale] = [cause.until, getLocale()];
  const [day, time] = [dayText(until.toISOString(), locale), timeText(until, locale)];
  if (day === dayText(new Date().toISOString(), locale)) return m.too_many_attempts_until({ time });
  return m.too_many_attempts_until_day({ day, time });
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
    return fail(status, { code, message: textOf(cause, code), values });
  }
}

/**
 * For form actions where nothing was typed that is to stay: a refused rule comes back with its message and its own status,
 * "not found" too, so that the page can say what to do next.
 */
export async function orRefuse<T>(work: Promise<T>): Promise<T | ActionFailure<{ code: ErrorCode; message: string }>> {
  try {
    return await work;
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    return fail(statusOf(code), { code, message: textOf(cause, code) });
  }
}
