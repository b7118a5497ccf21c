import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';
import type { Letter, Part } from './letter.ts';
import type { Asker, Trainer } from './trainer-queries.ts';

/** What every mail has: to whom in which language, and where Drieluik is. */
export type Frame = { language: Locale; name: string | null; publicUrl: string };

/** A text of the mail, in its language. */
export function text(words: string): Part {
  return { kind: 'text', text: words };
}

/** Where answers to a letter go: to the trainer, but not with a link in what is quoted that opens somebody's answers. */
type Replies = { asker: Asker; link: 'none' | 'form' | 'answers' };

/**
 * A letter with its greeting above and, small below, whom it is from. One about a cohort (`replies`) is signed by the
 * cohort's trainer, and answers to it go there. An answer quotes the letter: with a link to a form it asks to leave that
 * out, and one with a link to submitted answers is not to be answered at all.
 */
export function letter(frame: Frame, subject: string, parts: readonly Part[], replies: Replies | null = null): Letter {
  const locale = { locale: frame.language };
  const hello = frame.name === null ? m.mail_hello_nameless({}, locale) : m.mail_hello({ name: frame.name }, locale);
  const trainer = replies?.asker.trainer ?? null;
  const closing = replies === null || trainer === null ? [] : [signature(replies.asker.cohortName, trainer, locale)];
  return {
    language: frame.language,
    subject: oneLine(subject),
    parts: [text(hello), ...parts, ...closing],
    foot: [
      ...(replies === null ? [] : [whereToAsk(replies, locale)]),
      m.mail_foot_from({ host: new URL(frame.publicUrl).host }, locale),
      m.mail_foot_privacy({ url: `${frame.publicUrl}/privacy` }, locale),
    ],
    replyTo: trainer === null || replies?.link === 'answers' ? null : { ...trainer, name: oneLine(trainer.name) },
  };
}

function signature(cohort: string, trainer: Trainer, locale: { locale: Locale }): Part {
  const lines = [m.mail_greeting({}, locale), trainer.name, m.mail_greeting_trainer({ cohort }, locale)];
  return { kind: 'closing', lines: lines.map(oneLine) };
}

function whereToAsk({ asker, link }: Replies, locale: { locale: Locale }): string {
  if (asker.trainer === null) return m.mail_foot_cohort({ cohort: asker.cohortName }, locale);
  const { name, email } = asker.trainer;
  return {
    none: () => m.mail_foot_reply({ name }, locale),
    form: () => m.mail_foot_reply_link({ name }, locale),
    answers: () => m.mail_foot_no_reply({ name, email }, locale),
  }[link]();
}

/** Who asks, within a sentence: "Ria Bakker, trainer van Cohort Oost", or the trainer of the cohort without a name. */
export function askerText({ cohortName: cohort, trainer }: Asker, locale: Locale): string {
  return trainer === null
    ? m.mail_trainer({ cohort }, { locale })
    : m.mail_trainer_named({ cohort, name: trainer.name }, { locale });
}

/** What becomes part of a header: no line break or other control character comes along. */
export function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

const TAGS: Readonly<Record<Locale, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** A day (yyyy-mm-dd) as somebody plans by it, in one piece on a narrow screen: "vrijdag 11-12-2026". */
export function weekdayText(day: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(TAGS[locale], { weekday: 'long', timeZone: 'Europe/Amsterdam' });
  return `${weekday.format(new Date(day))}\u00A0${dayText(day, locale)}`;
}
