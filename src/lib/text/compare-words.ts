import type { View } from '#lib/analysis/types.ts';
import type { DifferenceLane } from '#lib/charts/difference-figure.ts';
import type { CompareReason, Dropped } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList } from './numbers.ts';
import type { Locale } from './numbers.ts';
import { reasonWord } from './report-reasons.ts';
import { quoted } from './report-words.ts';

const EYES = {
  director: m.compare_in_eyes_director,
  ib: m.compare_in_eyes_ib,
  teacher: m.compare_in_eyes_teacher,
} satisfies Record<View, unknown>;

const DROPPED = {
  ratee_changed: m.compare_dropped_ratee_changed,
  director_changed: m.compare_dropped_director_changed,
  left: m.compare_dropped_left,
  not_in_later: m.compare_dropped_not_in_later,
  not_in_earlier: m.compare_dropped_not_in_earlier,
  reworded: m.compare_dropped_reworded,
  not_read: m.compare_dropped_not_read,
  not_judged: m.compare_dropped_not_judged,
  too_few_judged: m.compare_dropped_too_few_judged,
  hidden_cells: m.compare_dropped_withheld,
  view_hidden: m.compare_dropped_withheld,
  consent: m.compare_dropped_withheld,
  other_not_submitted: m.compare_dropped_withheld,
  erased: m.compare_dropped_erased,
  not_visible_for_role: m.compare_dropped_not_visible_for_role,
  not_asked: m.compare_dropped_not_asked,
} satisfies Record<Dropped, unknown>;

/** Every reason why a school may not be in a change. */
export const DROPPED_REASONS = Object.keys(DROPPED) as Dropped[]; // which has them all

/** A view's difference on one competency as it is shown: the sentences are about these figures, and no others. */
export type SaidDifference = { title: string; lane: DifferenceLane };

/** A difference as it is shown, rounded. */
type ShownDifference = { value: number | null; interval?: { low: number; high: number } | null };

/**
 * True when the interval, as it is shown, leaves 0 out: only then words say that there is a difference. Where every school is
 * alike there is no interval, and any difference is one.
 */
export function isClear({ value, interval }: ShownDifference): boolean {
  if (value === null) return false;
  const { low, high } = interval ?? { low: value, high: value };
  return low > 0 || high < 0;
}

/** Why a school is not in a change. */
export function droppedWord(reason: Dropped, locale: Locale): string {
  return DROPPED[reason]({}, { locale });
}

/** What stands in place of a difference. */
export function compareReasonWord(reason: CompareReason, locale: Locale): string {
  if (reason === 'other_aspects') return m.compare_reason_other_aspects({}, { locale });
  return reason === 'part_asked' ? m.compare_reason_part_asked({}, { locale }) : reasonWord(reason, locale);
}

/**
 * One sentence a view: on which competencies there is a difference that is larger than the uncertainty, that there is none,
 * or why nothing can be said. `other` names the other cohort; null for a change.
 */
export function viewSentence(
  view: View,
  rows: readonly SaidDifference[],
  other: string | null,
  locale: Locale,
): string {
  const eyes = EYES[view]({}, { locale });
  const known = rows.filter(({ lane }) => lane.value !== null);
  if (known.length === 0) {
    const reason = rows[0]?.lane.text ?? compareReasonWord('too_few_schools', locale);
    return m.compare_no_figures({ eyes, reason }, { locale });
  }
  const clear = known
    .filter(({ lane }) => isClear(lane))
    .map(({ title, lane }) => m.compare_item({ competency: quoted(title), difference: lane.text }, { locale }));
  if (clear.length === 0) {
    return other === null ? m.compare_change_none({ eyes }, { locale }) : m.compare_other_none({ eyes }, { locale });
  }
  const list = formatList(clear, locale);
  return other === null
    ? m.compare_change_some({ eyes, list }, { locale })
    : m.compare_other_some({ eyes, other, list }, { locale });
}
