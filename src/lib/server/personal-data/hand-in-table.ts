import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import { dayTimeText } from '#lib/text/moments.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { PersonalData } from './service.ts';

/** What somebody handed in, a row an assignment. */
export function handInTable({ handIns }: PersonalData, locale: Locale): (string | number | null)[][] {
  const say = (message: (inputs: Record<string, never>, options: { locale: Locale }) => string) =>
    message({}, { locale });
  const at = (moment: string | null) => (moment === null ? null : dayTimeText(new Date(moment), locale));
  const header = [
    ...[say(m.own_data_col_cohort), say(m.hand_in_assignment), say(m.hand_in_due_on), say(m.hand_in_at)],
    ...[say(m.hand_in_text), say(m.hand_in_link), say(m.hand_in_file), say(m.hand_in_feedback)],
    say(m.hand_in_feedback_at),
  ];
  const rows = handIns.map((row) => [
    ...[row.cohort, row.assignment, dayText(row.dueOn, locale), at(row.at)],
    ...[row.text, row.link, row.file?.name ?? null, row.feedback, at(row.feedbackAt)],
  ]);
  return [header, ...rows];
}
