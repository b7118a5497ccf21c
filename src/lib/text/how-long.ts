import { m } from '#lib/paraglide/messages.js';
import { dayText } from './dates.ts';
import type { Locale } from './numbers.ts';

/** What is chosen, as `retention.terms` gives it: months after the end, and a day (yyyy-mm-dd) or null. */
type Terms = { fewest: number; most: number; postponedUntil: string | null };

/** When names, addresses and remarks go, as it is chosen for the programmes that there are. */
export function namesGo({ fewest, most, postponedUntil }: Terms, locale: Locale): string {
  return [
    fewest === most ? m.privacy_long_names_after({ count: most }) : m.privacy_long_names_differ({ fewest, most }),
    postponedUntil === null ? null : m.privacy_long_names_postponed({ day: dayText(postponedUntil, locale) }),
    m.privacy_long_names_end(),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

/** Whether single answers go with the names. */
export function answersGo(answers: 'kept' | 'erased' | 'differ'): string {
  const texts = {
    kept: m.privacy_long_answers_kept,
    erased: m.privacy_long_answers_erased,
    differ: m.privacy_long_answers_differ,
  } as const;
  return texts[answers]();
}

/** How long a backup keeps what is gone; `days` is null where copies are the operator's to make. */
export function copiesGo(days: number | null): string {
  return days === null ? m.privacy_long_copies_off() : m.privacy_long_copies_is({ days });
}
