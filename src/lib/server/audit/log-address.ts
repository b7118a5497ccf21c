import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { AUDIT_ACTIONS, type AuditAction } from './service.ts';

/** What the log is narrowed by, as it stands in the address; '' for everything. Days are yyyy-mm-dd, in Amsterdam. */
export type LogFilter = {
  /** The id of an account, or OPERATOR. */
  who: string;
  action: AuditAction | '';
  /** The id of an object; a cohort stands for all that hangs on it. */
  about: string;
  from: string;
  until: string;
};

/** Who works at the server's command line has no account. */
export const OPERATOR = 'operator';

/** What stands in the address that is no choice of the page's is no choice at all. */
const choice = z.object({
  who: z.union([z.uuid(), z.literal(OPERATOR)]).catch(''),
  action: z.enum(AUDIT_ACTIONS).or(z.literal('')).catch(''),
  about: z.uuid().catch(''),
  from: z.string().max(20).catch(''),
  until: z.string().max(20).catch(''),
  before: z.uuid().nullable().catch(null),
});

type Asked = {
  filter: LogFilter;
  /** The line to go on from; null for the newest. */
  before: string | null;
  /** What is wrong with the days, at their fields. */
  errors: Record<string, string>;
};

/** The choice in the address of the log, for the page and for its file. */
export function readAsked(url: URL): Asked {
  const { before, ...filter } = choice.parse(Object.fromEntries(url.searchParams));
  const errors: Record<string, string> = {};
  for (const field of ['from', 'until'] as const) {
    if (filter[field] !== '' && !z.iso.date().safeParse(filter[field]).success) errors[field] = m.log_day_wrong();
  }
  if (Object.keys(errors).length === 0 && filter.until !== '' && filter.until < filter.from) {
    errors['until'] = m.log_days_turned();
  }
  return { filter, before, errors };
}

/** The choice as it stands in an address, with what is changed in it; without the mark. */
export function queryOf(filter: LogFilter, change: Partial<LogFilter & { before: string }> = {}): string {
  const all = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== '');
  return new URLSearchParams(all).toString();
}
