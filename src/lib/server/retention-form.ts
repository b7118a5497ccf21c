import { m } from '#lib/paraglide/messages.js';
import { parseDay } from './days.ts';
import { MONTHS, USUAL_MONTHS, type Policy } from './retention/service.ts';

/** The fields of the form about how long things stay. */
export const POLICY_FIELDS = ['endsOn', 'months', 'postponedUntil', 'answers'] as const;

type PolicyValues = Partial<Record<(typeof POLICY_FIELDS)[number], string>>;

/**
 * What somebody typed, checked; an empty day means that there is none, no number of months the usual one,
 * and answers stay unless it is said that they go.
 * @returns the choice, or a sentence for each field that is wrong
 */
export function readPolicy(values: PolicyValues): { policy: Policy } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const day = (field: 'endsOn' | 'postponedUntil') => {
    const typed = values[field]?.trim() ?? '';
    const parsed = parseDay(typed);
    if (typed !== '' && parsed === null) errors[field] = m.retention_fault_day();
    return parsed;
  };
  const typed = values.months?.trim() ?? '';
  const months = typed === '' ? USUAL_MONTHS : Number(typed);
  if (!/^\d{0,2}$/.test(typed) || months < MONTHS.min || months > MONTHS.max) {
    errors['months'] = m.retention_fault_months(MONTHS);
  }
  const answers = values.answers === 'erased' ? ('erased' as const) : ('kept' as const);
  const policy = { endsOn: day('endsOn'), months, postponedUntil: day('postponedUntil'), answers };
  return Object.keys(errors).length > 0 ? { errors } : { policy };
}
