import { m } from '#lib/paraglide/messages.js';
import type { Counts, SessionState } from '#lib/programme/attendance.ts';
import { dayText } from './dates.ts';
import { timeText } from './moments.ts';
import type { Locale } from './numbers.ts';
import { remembered } from './remembered.ts';

const weekday = remembered(
  (locale: Locale) =>
    new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { weekday: 'long', timeZone: 'Europe/Amsterdam' }),
);

/** When a session is, by the schools' clock: "dinsdag 24-11-2026, 09:30–12:30". */
export function whenText({ startsAt, endsAt }: { startsAt: string; endsAt: string }, locale: Locale): string {
  const [from, until] = [startsAt, endsAt].map((moment) => timeText(new Date(moment), locale));
  const day = `${weekday(locale).format(new Date(startsAt))} ${dayText(startsAt, locale)}`;
  return m.sessions_when({ day, from: from ?? '', until: until ?? '' }, { locale });
}

const STATES = {
  ahead: m.sessions_state_ahead,
  now: m.sessions_state_now,
  to_fill_in: m.sessions_state_to_fill_in,
  done: m.sessions_state_done,
  cancelled: m.sessions_state_cancelled,
} satisfies Record<SessionState, () => string>;

export function sessionStateText(state: SessionState): string {
  return STATES[state]();
}

/** "11 aanwezig, 1 afwezig", and who is not filled in where there is anybody. */
export function countsText({ present, absent, open }: Counts): string {
  return open === 0 ? m.sessions_counts({ present, absent }) : m.sessions_counts_open({ present, absent, open });
}

const hoursFormat = remembered(
  (locale: Locale) => new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: 1 }),
);

/** Hours with their word: "3 uur", "7,5 uur". */
export function hoursText(count: number, locale: Locale): string {
  return m.sessions_hours({ count, hours: hoursFormat(locale).format(count) }, { locale });
}
