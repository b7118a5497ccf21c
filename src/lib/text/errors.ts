import type { ErrorCode } from '#lib/errors.ts';
import * as messages from '#lib/paraglide/messages.js';

type Message = (inputs?: Record<string, never>, options?: { locale?: 'nl' | 'en' }) => string;
const texts: Partial<Record<string, Message>> = messages as unknown as Record<string, Message>;

/**
 * The sentence for a refused rule, in the reader's language unless `locale` says otherwise.
 * Every code has one: `errors.test.ts` holds the list against the message files.
 */
export function errorText(code: ErrorCode, locale?: 'nl' | 'en'): string {
  const text = texts[`error_${code}`];
  if (!text) throw new Error(`no text for error_${code}`);
  return text({}, locale ? { locale } : undefined);
}
