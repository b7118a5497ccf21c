import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { aspectReason } from './report-reasons.ts';

/**
 * People of a view who were asked and who submitted; `closed` is why the view is withheld as a whole, if it is, or that the
 * list does not ask it.
 */
export type Answered = { invited: number; answered: number; closed: Reason | null };

/** One thing that may, or may not, be concluded; with a reason when a view is withheld. */
export type AnsweredNote = { text: string; withheld: Reason | null };

const NONE = {
  director: m.report_answered_view_none_director,
  ib: m.report_answered_view_none_ib,
  teacher: m.report_answered_view_none_teacher,
} satisfies Record<View, unknown>;

/** "3 van 4 vulden in", "1 van 2 vulde in". */
export function answeredCount(view: View, { answered, invited }: Answered, locale: Locale): string {
  const isMany = view === 'teacher' && invited !== 1 && answered !== 1;
  const text = isMany ? m.report_answered_count_teacher : m.report_answered_count;
  return text({ answered, invited }, { locale });
}

/** What may be concluded from who answered (measurement.md §9, §11). */
export function answeredNotes(views: Readonly<Record<View, Answered>>, mode: Mode, locale: Locale): AnsweredNote[] {
  const notes: AnsweredNote[] = [];
  const say = (text: string) => notes.push({ text, withheld: null });
  for (const view of VIEWS) {
    const why = whyMissing(view, views[view], locale);
    if (why) notes.push(why);
  }
  const isOpenView = (view: View) => isThere(views[view]);
  if (isOpenView('teacher')) say(teachers(views.teacher.answered, locale));
  if (isOpenView('teacher') && mode === 'protected') {
    say(m.report_answered_cells({ needed: LIMITS.minTeachers }, { locale }));
  }
  if (mode === 'open' && views.teacher.closed === null) say(m.report_answered_open({}, { locale }));
  if (VIEWS.filter(isOpenView).length === 2) say(m.report_answered_two_sides({}, { locale }));
  return notes;
}

/** Whether the list does not ask a view at all. */
export function isNotAsked({ closed }: Answered): boolean {
  return closed === 'not_asked';
}

/** Whether a view has answers that may be shown. */
export function isThere({ answered, closed }: Answered): boolean {
  return answered > 0 && closed === null;
}

/** Why a view is missing as a whole, or that it was not asked; null where it is there. */
export function whyMissing(view: View, { answered, closed }: Answered, locale: Locale): AnsweredNote | null {
  if (answered === 0 && closed !== 'not_asked') return { text: NONE[view]({}, { locale }), withheld: 'not_judged' };
  return closed && { text: aspectReason(closed, { view, answered }, locale), withheld: closed };
}

function teachers(count: number, locale: Locale): string {
  return count === 1
    ? m.report_answered_teacher_one({}, { locale })
    : m.report_answered_teachers({ count }, { locale });
}
