import type { View } from '#lib/analysis/types.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { viewWord } from './report-words.ts';

const WORDS = {
  not_judged: m.report_reason_word_not_judged,
  too_few_judged: m.report_reason_word_too_few_judged,
  hidden_cells: m.report_reason_word_hidden_cells,
  view_hidden: m.report_reason_word_view_hidden,
  consent: m.report_reason_word_consent,
  other_not_submitted: m.report_reason_word_other_not_submitted,
  erased: m.report_reason_word_erased,
  not_visible_for_role: m.report_reason_word_not_visible_for_role,
  not_asked: m.pulse_reason_word_not_asked,
  too_few_schools: m.report_reason_word_too_few_schools,
} satisfies Record<Reason, unknown>;

const NOT_JUDGED = {
  director: m.report_reason_not_judged_director,
  ib: m.report_reason_not_judged_ib,
  teacher: m.report_reason_not_judged_teacher,
} satisfies Record<View, unknown>;

const NOT_VISIBLE = {
  director: m.report_reason_not_visible_director,
  ib: m.report_reason_not_visible_ib,
  teacher: m.report_reason_not_visible_teacher,
} satisfies Record<View, unknown>;

const NOT_ASKED = {
  director: m.roles_not_asked_director,
  ib: m.roles_not_asked_ib,
  teacher: m.roles_not_asked_teacher,
} satisfies Record<View, unknown>;

const ERASED = {
  director: m.report_reason_erased_director,
  ib: m.report_reason_erased_ib,
  // Of a teacher nobody is told: an open view is withheld as `consent`, a protected one stays.
  teacher: m.report_reason_consent,
} satisfies Record<View, unknown>;

/** What a missing figure is about. `answered` counts people of the view; the others count aspects of a competency. */
type MissingScore = { view: View; answered: number; judged: number; aspects: number; needed: number };

/** Two or three words that stand where a figure would have stood. */
export function reasonWord(reason: Reason, locale: Locale): string {
  return WORDS[reason]({}, { locale });
}

/** Why a competency has no score for a view, with the count and what is needed (measurement.md §2, §11). */
export function scoreReason(reason: Reason, missing: MissingScore, locale: Locale): string {
  const { view, judged, aspects, needed } = missing;
  switch (reason) {
    case 'too_few_judged':
      return m.report_reason_too_few_judged({ judged, aspects, needed }, { locale });
    case 'hidden_cells':
      return m.report_reason_hidden_cells({ judged, aspects, needed, teachers: LIMITS.minTeachers }, { locale });
    case 'not_visible_for_role':
      return m.report_reason_not_visible({}, { locale });
    case 'not_judged':
      return m.report_reason_not_answered({}, { locale });
    case 'not_asked':
      return reasonWord(reason, locale); // the whole of it stands above
    default:
      return aspectReason(reason, { view, answered: missing.answered }, locale);
  }
}

/** Why an aspect has no score for a view, as a sentence; `answered` counts people of the view. */
export function aspectReason(reason: Reason, about: Pick<MissingScore, 'view' | 'answered'>, locale: Locale): string {
  switch (reason) {
    case 'view_hidden':
      return m.report_reason_view_hidden({ answered: about.answered, needed: LIMITS.minTeachers }, { locale });
    case 'consent':
      return m.report_reason_consent({}, { locale });
    case 'other_not_submitted':
      return m.report_reason_other_not_submitted({ view: viewWord(about.view, about.answered, locale) }, { locale });
    case 'erased':
      return ERASED[about.view]({}, { locale });
    case 'hidden_cells':
      return m.report_reason_hidden_cell({ teachers: LIMITS.minTeachers }, { locale });
    case 'not_visible_for_role':
      return NOT_VISIBLE[about.view]({}, { locale });
    case 'not_asked':
      return NOT_ASKED[about.view]({}, { locale });
    case 'too_few_schools':
      return m.report_reason_too_few_schools({ schools: LIMITS.minSchools }, { locale });
    case 'not_judged':
    case 'too_few_judged':
      return NOT_JUDGED[about.view]({ teachers: about.answered }, { locale });
  }
}

/** Views that are withheld, or gone, as a whole: a closed panel. One that the list does not ask was never a panel. */
export function isClosed(reason: Reason | undefined): boolean {
  return reason === 'view_hidden' || reason === 'consent' || reason === 'other_not_submitted' || reason === 'erased';
}
