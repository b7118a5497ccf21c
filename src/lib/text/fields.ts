import type { ZodError } from 'zod';
import { m } from '#lib/paraglide/messages.js';

/** One sentence a field, in the reader's language, for the first thing that is wrong with it. */
export function fieldErrors(error: ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= fieldError(issue);
  }
  return errors;
}

function fieldError(issue: ZodError['issues'][number]): string {
  if (issue.code === 'too_small') return m.field_error_empty();
  if (issue.code === 'too_big') return m.field_error_long({ max: Number(issue.maximum) });
  if (issue.code === 'invalid_format' && issue.format === 'email') return m.field_error_email();
  if (issue.code === 'custom' && issue.params?.text === 'day') return m.retention_fault_day();
  if (issue.code === 'custom' && issue.params?.text === 'brin') return m.field_error_brin();
  return m.field_error_other();
}
