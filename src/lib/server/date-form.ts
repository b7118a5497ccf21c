import { m } from '#lib/paraglide/messages.js';
import { dayOf, parseDay } from './days.ts';
import { dateFaults, type RoundDates } from './rounds/date-rule.ts';
import type { Planning } from './rounds/service.ts';

/** The fields of a form about a round's dates. */
export const DATE_FIELDS = ['opensOn', 'closesOn', 'reminds'] as const;

type DateValues = Partial<Record<(typeof DATE_FIELDS)[number], string>>;

/**
 * A round's dates as somebody typed them, checked; an empty field means "by hand", a field that is not sent stays as it
 * was.
 * @returns the dates, or a sentence for each field that is wrong
 */
export function readDates(
  values: DateValues,
  before: Planning,
  now: Date,
): { dates: Planning } | { errors: Record<string, string> } {
  const dates: Planning = {
    ...before,
    reminds: values.reminds === undefined ? before.reminds : values.reminds === 'yes',
  };
  const errors: Record<string, string> = {};
  for (const field of ['opensOn', 'closesOn'] as const) {
    const typed = values[field]?.trim();
    if (typed === undefined) continue;
    dates[field] = parseDay(typed);
    if (typed !== '' && dates[field] === null) errors[field] = m.dates_type();
  }
  for (const [field, fault] of Object.entries(faultsOf(dates, before, now))) errors[field] ??= fault;
  return Object.keys(errors).length > 0 ? { errors } : { dates };
}

function faultsOf(dates: RoundDates, before: RoundDates, now: Date): Record<string, string> {
  const words = { past: m.dates_fault_past(), before_opening: m.dates_fault_before_opening() };
  const faults = Object.entries(dateFaults(dates, before, dayOf(now)));
  return Object.fromEntries(faults.map(([field, fault]) => [field, words[fault]]));
}
