import { m } from '#lib/paraglide/messages.js';
import type { AccountChange, NoticeFacts } from '#lib/server/accounts/notices-service.ts';
import { roleWords } from '#lib/text/account-words.ts';
import { dayTimeText } from '#lib/text/moments.ts';
import { letter, text, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';

/** Welcomes whoever was added: by whom, what Drieluik is, what one is in it and how to come in. */
export function added(frame: Frame, { roles, by }: NoticeFacts, link: string): Letter {
  const locale = { locale: frame.language };
  const parts: Part[] = [
    text(m.mail_added_who({ by: by ?? m.mail_by_administrator({}, locale) }, locale)),
    text(m.mail_added_what({}, locale)),
    rolesPart(frame, roles),
    { kind: 'link', label: m.mail_sign_in_button({}, locale), url: link },
    text(m.mail_added_once({ url: `${frame.publicUrl}/sign-in` }, locale)),
    text(m.mail_added_second_step({}, locale)),
    text(m.mail_added_not_you({}, locale)),
  ];
  return letter(frame, m.mail_added_subject({}, locale), parts);
}

/** A change, and what the letter about it needs. */
type Change = NoticeFacts & {
  change: AccountChange;
  /** When it was changed. */
  at: Date;
  /** The owner did it. */
  isOwn: boolean;
};

/** Tells the owner of an account what was changed, when, by whom, and what to do if that was not right. */
export function changed(frame: Frame, { change, at, by, isOwn, roles }: Change): Letter {
  const locale = { locale: frame.language };
  const doer = isOwn ? m.mail_by_yourself({}, locale) : (by ?? m.mail_by_administrator({}, locale));
  const words = wordsOf(change, { moment: dayTimeText(at, frame.language), by: doer }, locale);
  const left = roles.length === 0 ? text(m.mail_changed_roles_none({}, locale)) : rolesPart(frame, roles);
  const url = `${frame.publicUrl}/account`;
  const parts: Part[] = [
    text(words.what),
    ...(change === 'roles' ? [left] : []),
    ...(change === 'access' && roles.length > 0 ? [text(m.mail_changed_access_school({}, locale))] : []),
    text(words.wrong),
    // Whoever is nothing here any more gets no sign-in link either.
    ...(roles.length === 0 ? [] : [{ kind: 'link', label: m.mail_changed_button({}, locale), url } as const]),
  ];
  return letter(frame, words.subject, parts);
}

type Words = { subject: string; what: string; wrong: string };

function wordsOf(
  change: AccountChange,
  facts: { moment: string; by: string },
  locale: { locale: Frame['language'] },
): Words {
  switch (change) {
    case 'password':
      return {
        subject: m.mail_changed_password_subject({}, locale),
        what: m.mail_changed_password_what(facts, locale),
        wrong: m.mail_changed_password_wrong({}, locale),
      };
    case 'second_step':
      return {
        subject: m.mail_changed_second_step_subject({}, locale),
        what: m.mail_changed_second_step_what(facts, locale),
        wrong: m.mail_changed_second_step_wrong({}, locale),
      };
    case 'roles':
      return {
        subject: m.mail_changed_roles_subject({}, locale),
        what: m.mail_changed_roles_what(facts, locale),
        wrong: m.mail_changed_tell({}, locale),
      };
    case 'access':
      return {
        subject: m.mail_changed_access_subject({}, locale),
        what: m.mail_changed_access_what(facts, locale),
        wrong: m.mail_changed_tell({}, locale),
      };
    case 'sessions':
      return {
        subject: m.mail_changed_sessions_subject({}, locale),
        what: m.mail_changed_sessions_what(facts, locale),
        wrong: m.mail_changed_sessions_wrong({}, locale),
      };
  }
}

function rolesPart({ language }: Frame, roles: NoticeFacts['roles']): Part {
  const points = roles.map((role) => roleWords(role, language));
  return { kind: 'points', heading: m.mail_account_roles({}, { locale: language }), points };
}
