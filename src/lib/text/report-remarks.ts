import type { Mode } from '#lib/disclosure/mode.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

/** The teachers as far as the sentence depends on them: how many, and why their view is not there as a whole. */
type Teachers = { count: number; closed: Reason | null };

/** On what terms teachers' remarks stand in a report (rules.md, Shown and withheld). */
export function remarksLead(mode: Mode, { count, closed }: Teachers, locale: Locale): string {
  if (closed === 'not_asked') return m.roles_remarks_lead({}, { locale });
  if (closed !== null) return m.report_remarks_lead_closed({}, { locale });
  if (mode === 'open') return m.report_remarks_lead_open({ teachers: count }, { locale });
  return m.report_remarks_lead({ needed: LIMITS.minWriters }, { locale });
}
