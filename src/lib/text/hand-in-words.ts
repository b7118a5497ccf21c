import { m } from '#lib/paraglide/messages.js';
import type { Standing } from '#lib/programme/hand-in.ts';
import { dayText } from './dates.ts';
import type { Locale } from './numbers.ts';
import { weekdayText } from './plan-words.ts';
import { remembered } from './remembered.ts';

const oneDecimal = remembered(
  (locale: Locale) =>
    new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);

/** How large a file of so many bytes is: "2,4 MB"; the smallest is 0,1. */
export function megabytesText(bytes: number, locale: Locale): string {
  const size = oneDecimal(locale).format(Math.max(0.1, bytes / (1024 * 1024)));
  return m.hand_in_file_size({ size }, { locale });
}

/** Where somebody stands with an assignment, in a list. `at` is when it was handed in (ISO 8601). */
export function standingText(
  { standing, dueOn, at }: { standing: Standing; dueOn: string; at: string | null },
  locale: Locale,
): string {
  switch (standing) {
    case 'to_do':
      return m.own_work_to_do({ day: weekdayText(dueOn, locale) }, { locale });
    case 'overdue':
      return m.own_work_overdue({ day: weekdayText(dueOn, locale) }, { locale });
    case 'answered':
      return m.own_work_answered({}, { locale });
    case 'changeable':
    case 'waiting':
      return m.own_work_handed_in({ day: at === null ? '' : dayText(at, locale) }, { locale });
  }
}
