import { m } from '#lib/paraglide/messages.js';
import { dayTimeText } from '#lib/text/moments.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { PersonalData } from './service.ts';

/** The sessions of somebody's own data: whether there, and how useful. One row a thing that is kept. */
export function sessionTable({ attendance, usefulness }: PersonalData, locale: Locale): (string | number | null)[][] {
  const say = (message: (inputs: Record<string, never>, options: { locale: Locale }) => string) =>
    message({}, { locale });
  const at = (moment: string) => dayTimeText(new Date(moment), locale);
  const presence = { present: say(m.attendance_present), absent: say(m.attendance_absent) };
  const header = [
    ...[say(m.own_data_col_cohort), say(m.useful_session), say(m.own_data_col_at)],
    ...[say(m.own_data_col_attendance), say(m.useful_question), say(m.useful_what), say(m.useful_more)],
    say(m.own_data_col_changed),
  ];
  return [
    header,
    ...attendance.map((row) => [
      ...[row.cohort, row.session, at(row.startsAt), presence[row.presence], null, null, null, at(row.at)],
    ]),
    ...usefulness.map((row) => [
      ...[row.cohort, row.session, at(row.startsAt), null, row.value, row.useful, row.more, at(row.at)],
    ]),
  ];
}
