import type { Mode } from '#lib/disclosure/mode.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';

/** The teachers as far as the sentence depends on them: how many, and whether their view is withheld as a whole. */
type Teachers = { count: number; isClosed: boolean };

/** On what terms teachers' remarks stand in a report (rules.md, Shown and withheld). */
export function remarksLead(mode: Mode, { count, isClosed }: Teachers, locale: Locale): string {
  if (isClosed) return m.report_remarks_lead_closed({}, { locale });
  if (mode === 'open') return m.report_remarks_lead_open({ teachers: count }, { locale });
  return m.report_remarks_lead({ needed: LIMITS.minWriters }, { locale });
}
