import { minutesFor } from '#lib/form/minutes.ts';
import type { Role } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { readersOf } from '#lib/text/reader-words.ts';
import type { FormFacts, RoundFacts } from './facts-queries.ts';
import { askerText, letter, text, weekdayText, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';

/** A form with the personal link that opens it. */
export type LinkedForm = { form: FormFacts; link: string };

/** Asks somebody to fill in the forms of a round; `isReplacement` for whoever is asked in somebody's place. */
export function invitation(
  frame: Frame,
  round: RoundFacts,
  forms: readonly LinkedForm[],
  { isReplacement = false } = {},
): Letter {
  const locale = { locale: frame.language };
  const count = forms.length;
  const only = count === 1 ? forms[0]?.form : undefined;
  const parts = [
    text(only ? askFor(round, only, frame.language) : m.mail_invitation_ask_many({ count }, locale)),
    text(asker(round, frame.language)),
    ...(round.isPulse ? [text(m.pulse_mail_short({ count: round.aspects }, locale))] : []),
    ...(isReplacement ? [text(m.mail_replacement_why({}, locale))] : []),
    text(why(round, forms, frame.language)),
    goodToKnow(round, frame.language),
    ...linksTo(round, forms, frame.language),
    whoSees(round, forms, frame.language),
    ...keepToYourself(round, count, frame.language),
  ];
  return letter(frame, invitationSubject(round, forms, frame.language), parts, { asker: round, link: 'form' });
}

/** Why this is asked, and of whom. */
function why(round: RoundFacts, forms: readonly LinkedForm[], language: Locale): string {
  const locale = { locale: language };
  const { asksTeachers, asksDirector, isTogether } = round;
  if (isTogether) return m.together_mail_why({}, locale);
  const [toOthers, toSelf] = !asksTeachers
    ? [m.roles_mail_why, m.roles_mail_why_self]
    : asksDirector
      ? [m.mail_why, m.mail_why_self]
      : [m.roles_mail_why_teachers, m.roles_mail_why_self_teachers];
  return forms.every(({ form }) => form.role === 'ib') ? toSelf({}, locale) : toOthers({}, locale);
}

/** Reminds somebody of the forms that were not submitted. */
export function reminder(frame: Frame, round: RoundFacts, forms: readonly LinkedForm[]): Letter {
  const locale = { locale: frame.language };
  const count = forms.length;
  const only = count === 1 ? forms[0]?.form : undefined;
  const until =
    round.closesOn === null
      ? m.mail_know_submit({}, locale)
      : m.mail_reminder_until({ day: weekdayText(round.closesOn, frame.language) }, locale);
  const parts = [
    text(only ? remindOf(round, only, frame.language) : m.mail_reminder_ask_many({ count }, locale)),
    text(m.mail_reminder_go_on({}, locale)),
    text(until),
    ...linksTo(round, forms, frame.language),
    text(m.mail_know_voluntary({}, locale)),
    text(m.mail_reminder_stop({}, locale)),
    ...keepToYourself(round, count, frame.language),
  ];
  const subject = count === 1 ? m.mail_reminder_subject({}, locale) : m.mail_reminder_subject_many({ count }, locale);
  return letter(frame, subject, parts, { asker: round, link: 'form' });
}

function invitationSubject({ isTogether }: RoundFacts, forms: readonly LinkedForm[], locale: Locale): string {
  if (forms.length > 1) return m.mail_invitation_subject_many({ count: forms.length }, { locale });
  if (isTogether) return m.together_mail_subject({}, { locale });
  return forms[0]?.form.role === 'ib'
    ? m.mail_invitation_subject_self({}, { locale })
    : m.mail_invitation_subject({}, { locale });
}

function askFor({ isTogether }: RoundFacts, form: FormFacts, locale: Locale): string {
  const school = form.schoolName;
  if (isTogether) return m.together_mail_ask({ school, other: otherOf(form, locale) }, { locale });
  if (form.role === 'ib') return m.mail_invitation_ask_self({ school }, { locale });
  const names = { school, role: roleText(form.role, locale), ratee: rateeOf(form, locale) };
  return m.mail_invitation_ask(names, { locale });
}

function remindOf({ isTogether }: RoundFacts, form: FormFacts, locale: Locale): string {
  const school = form.schoolName;
  if (isTogether) return m.together_mail_remind({ school, other: otherOf(form, locale) }, { locale });
  if (form.role === 'ib') return m.mail_reminder_ask_self({ school }, { locale });
  const names = { school, role: roleText(form.role, locale), ratee: rateeOf(form, locale) };
  return m.mail_reminder_ask(names, { locale });
}

function asker(round: RoundFacts, locale: Locale): string {
  const { programmeName, partnershipName } = round;
  const trainer = askerText(round, locale);
  if (programmeName === null || partnershipName === null) return m.mail_asked_for({ trainer }, { locale });
  const names = { trainer, programme: programmeName, partnership: partnershipName };
  return m.mail_asked_for_programme(names, { locale });
}

function goodToKnow({ aspects, closesOn }: RoundFacts, language: Locale): Part {
  const locale = { locale: language };
  const { least, most } = minutesFor(aspects);
  const until = closesOn === null ? [] : [m.mail_know_until({ day: weekdayText(closesOn, language) }, locale)];
  const points = [
    m.mail_know_time({ aspects, least, minutes: most }, locale),
    ...until,
    m.mail_know_submit({}, locale),
    m.mail_know_voluntary({}, locale),
  ];
  return { kind: 'points', heading: m.mail_know({}, locale), points };
}

/** One button a form; where there are several, each says about whom it is. */
function linksTo({ isTogether }: RoundFacts, forms: readonly LinkedForm[], locale: Locale): Part[] {
  const label = m.mail_form_button({}, { locale });
  return forms.map(({ form, link }): Part => {
    if (forms.length === 1) return { kind: 'link', label, url: link };
    const heading = isTogether
      ? m.together_mail_about({ other: otherOf(form, locale) }, { locale })
      : form.role === 'ib'
        ? m.mail_form_about_self({}, { locale })
        : m.mail_form_about({ ratee: rateeOf(form, locale) }, { locale });
    const note = m.mail_form_where({ school: form.schoolName, role: roleText(form.role, locale) }, { locale });
    return { kind: 'link', label, url: link, heading, note };
  });
}

/** Who sees what, in the words of the form's first page, as far as it is the same for all these forms. */
function whoSees(round: RoundFacts, forms: readonly LinkedForm[], locale: Locale): Part {
  const told = new Map(
    forms.map(({ form }) => {
      const points = seenBy(round, form, locale);
      return [points.join('\n'), points];
    }),
  );
  const [points] = told.values();
  if (points === undefined || told.size > 1) return text(m.mail_sees_many({}, { locale }));
  return { kind: 'points', heading: m.mail_sees({}, { locale }), points };
}

/** Of the other raters only the IB'er is named: a mail is easily sent on. */
function seenBy(round: RoundFacts, form: FormFacts, language: Locale): string[] {
  const locale = { locale: language };
  const ratee = rateeOf(form, language);
  const director = m.form_the_director({}, locale);
  const readers = readersOf(round.asksDirector);
  const both = round.asksDirector ? m.form_sees_both({ ratee, director }, locale) : ratee;
  const trainer = round.trainerSeesSchools
    ? m.form_sees_trainer_schools({}, locale)
    : m.form_sees_trainer_never({}, locale);
  const own = {
    director: () => [sentence(ratee, m.form_sees_director_by_ib({}, locale))],
    ib: () => [
      ...(round.asksDirector ? [sentence(director, m.form_sees_ib_by_director({}, locale))] : []),
      sentence(m.form_sees_scale({}, locale), m.form_sees_scale_private({}, locale)),
    ],
    teacher: () => {
      if (form.mode === 'protected') return [sentence(both, readers.protected({}, locale))];
      const seen = form.teachers === 1 ? readers.openOne({}, locale) : readers.open({}, locale);
      return [sentence(both, seen), m.mail_sees_open({}, locale)];
    },
  }[form.role]();
  return [...own, sentence(m.form_sees_trainer({}, locale), trainer)];
}

function keepToYourself(round: RoundFacts, count: number, language: Locale): Part[] {
  const locale = { locale: language };
  return [
    text(count === 1 ? m.mail_personal({}, locale) : m.mail_personal_many({}, locale)),
    text(m.mail_not_you({ cohort: round.cohortName }, locale)),
  ];
}

/** The IB'er's name, or the role where there is none. */
export function rateeOf({ rateeName }: { rateeName: string | null }, locale: Locale): string {
  return rateeName ?? m.form_the_ib({}, { locale });
}

/** With whom this rater works together: the IB'er, or for the IB'er the director, whom a mail does not name. */
export function otherOf(form: Pick<FormFacts, 'role' | 'rateeName'>, locale: Locale): string {
  return form.role === 'ib' ? m.form_the_director({}, { locale }) : rateeOf(form, locale);
}

/** The role within a sentence. */
function roleText(role: Role, locale: Locale): string {
  if (role === 'ib') return m.role_ib({}, { locale });
  return { director: m.role_director, teacher: m.role_teacher }[role]({}, { locale }).toLowerCase();
}

function sentence(subject: string, rest: string): string {
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${rest}`;
}
