import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { Letter, Part } from './letter.ts';

/** What every mail has: to whom in which language, and where Drieluik is. */
export type Frame = { language: Locale; name: string | null; publicUrl: string };

/** A text of the mail, in its language. */
export function text(words: string): Part {
  return { kind: 'text', text: words };
}

/** A letter with its greeting above and, small below, whom it is from; `cohort` names whom to ask. */
export function letter(frame: Frame, subject: string, parts: readonly Part[], cohort: string | null = null): Letter {
  const locale = { locale: frame.language };
  const hello = frame.name === null ? m.mail_hello_nameless({}, locale) : m.mail_hello({ name: frame.name }, locale);
  const foot = [m.mail_foot_from({ host: new URL(frame.publicUrl).host }, locale)];
  if (cohort !== null) foot.unshift(m.mail_foot_cohort({ cohort }, locale));
  return { language: frame.language, subject: oneLine(subject), parts: [text(hello), ...parts], foot };
}

/** What becomes part of a header: no line break or other control character comes along. */
export function oneLine(words: string): string {
  return words.replace(/\p{Cc}+/gu, ' ').trim();
}

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** A day (yyyy-mm-dd) as somebody plans by it: "vrijdag 11-12-2026". */
export function weekdayText(day: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(TAGS[locale], { weekday: 'long', timeZone: 'Europe/Amsterdam' });
  return `${weekday.format(new Date(day))} ${dayText(day, locale)}`;
}
