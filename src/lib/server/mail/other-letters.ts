import { m } from '#lib/paraglide/messages.js';
import { dayText } from '#lib/text/dates.ts';
import type { FormFacts, ReleaseFacts, RoundFacts, RoundTotals } from './facts-queries.ts';
import { otherOf, rateeOf } from './form-letters.ts';
import { letter, text, weekdayText, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';
import type { Asker } from './trainer-queries.ts';

/** Tells the earlier address that its link has ended. */
export function addressReplaced(frame: Frame, round: RoundFacts, form: FormFacts): Letter {
  const locale = { locale: frame.language };
  const names = { school: form.schoolName, cohort: round.cohortName };
  const what = round.isTogether
    ? m.together_mail_replaced(names, locale)
    : form.role === 'ib'
      ? m.mail_address_replaced_what_self(names, locale)
      : m.mail_address_replaced_what({ ...names, ratee: rateeOf(form, frame.language) }, locale);
  const parts = [
    text(what),
    text(m.mail_address_replaced_answers({}, locale)),
    text(m.mail_address_replaced_wrong({ cohort: round.cohortName }, locale)),
  ];
  return letter(frame, m.mail_address_replaced_subject({}, locale), parts, { asker: round, link: 'none' });
}

/** Tells the earlier address that another is used from now on, where no form that was begun ended. */
export function addressMoved(frame: Frame, series: Asker & { schoolName: string }): Letter {
  const locale = { locale: frame.language };
  const { schoolName: school, cohortName: cohort } = series;
  const parts = [
    text(m.mail_address_moved_what({ school, cohort }, locale)),
    text(m.mail_address_moved_links({ school }, locale)),
    text(m.mail_address_moved_submitted({}, locale)),
    text(m.mail_address_replaced_wrong({ cohort }, locale)),
  ];
  return letter(frame, m.mail_address_moved_subject({}, locale), parts, { asker: series, link: 'none' });
}

/** Tells whoever reads the same reports that the IB'er's or director's address is another from now on. */
export function readerMoved(
  frame: Frame,
  series: Asker & { schoolName: string },
  reader: { name: string | null; isRatee: boolean },
): Letter {
  const locale = { locale: frame.language };
  const { schoolName: school, cohortName: cohort } = series;
  const name = reader.name ?? (reader.isRatee ? m.form_the_ib({}, locale) : m.form_the_director({}, locale));
  const parts = [
    text(m.mail_reader_moved_what({ name, school, cohort }, locale)),
    text(m.mail_reader_moved_reads({ name, school }, locale)),
    text(m.mail_reader_moved_wrong({ name, cohort }, locale)),
  ];
  return letter(frame, m.mail_reader_moved_subject({}, locale), parts, { asker: series, link: 'none' });
}

/** Says that a form was received; the answers stay behind the link. */
export function receipt(
  frame: Frame,
  round: RoundFacts,
  form: FormFacts & { submittedAt: string },
  link: string,
): Letter {
  const locale = { locale: frame.language };
  const names = {
    day: dayText(form.submittedAt, frame.language),
    school: form.schoolName,
    round: round.name,
  };
  const thanks = round.isTogether
    ? m.together_mail_receipt({ ...names, other: otherOf(form, frame.language) }, locale)
    : form.role === 'ib'
      ? m.mail_receipt_thanks_self(names, locale)
      : m.mail_receipt_thanks({ ...names, ratee: rateeOf(form, frame.language) }, locale);
  const parts: Part[] = [
    text(thanks),
    text(m.mail_receipt_answers({}, locale)),
    { kind: 'link', label: m.mail_receipt_button({}, locale), url: link },
    text(m.mail_receipt_personal({}, locale)),
    text(m.mail_receipt_mistake({ cohort: round.cohortName }, locale)),
  ];
  return letter(frame, m.mail_receipt_subject({}, locale), parts, { asker: round, link: 'answers' });
}

/** Says to the IB'er or the director that the school's report can be read; where the list asks no director, to her alone. */
export function reportReleased(
  frame: Frame,
  release: ReleaseFacts & { schoolRoundId: string },
  isRatee: boolean,
): Letter {
  const locale = { locale: frame.language };
  const names = { cohort: release.cohortName, round: release.roundName };
  const both = isRatee
    ? m.mail_report_what_ib({ ...names, school: release.schoolName }, locale)
    : m.mail_report_what_director({ ...names, ratee: rateeOf(release, frame.language) }, locale);
  const [what, purpose] = release.asksDirector
    ? [both, m.mail_report_purpose({}, locale)]
    : [m.roles_mail_report_what(names, locale), m.roles_mail_report_purpose({}, locale)];
  const url = `${frame.publicUrl}/reports/${release.schoolRoundId}`;
  const parts: Part[] = [
    text(what),
    text(purpose),
    { kind: 'link', label: m.mail_report_button({}, locale), url },
    text(m.mail_report_sign_in({}, locale)),
  ];
  const subject = m.mail_report_subject({ school: release.schoolName }, locale);
  return letter(frame, subject, parts, { asker: release, link: 'none' });
}

/** A one-time link for somebody who signs in. */
export function signIn(frame: Frame, link: string): Letter {
  const locale = { locale: frame.language };
  const parts: Part[] = [
    text(m.mail_sign_in_what({}, locale)),
    { kind: 'link', label: m.mail_sign_in_button({}, locale), url: link },
    text(m.mail_sign_in_once({ url: `${frame.publicUrl}/sign-in` }, locale)),
    text(m.mail_sign_in_not_you({}, locale)),
  ];
  return letter(frame, m.mail_sign_in_subject({}, locale), parts);
}

export function test(frame: Frame): Letter {
  const locale = { locale: frame.language };
  return letter(frame, m.mail_test_subject({}, locale), [text(m.mail_test_what({}, locale))]);
}

/** What a trainer hears of a round without asking. */
export type SummaryKind = 'opened' | 'closing_soon' | 'closed';

/** How a round stands, in numbers: who answered is on its page, and what was answered nowhere. */
export function trainerSummary(
  frame: Frame,
  round: RoundFacts,
  kind: SummaryKind,
  { schools, invited, submitted, failed }: RoundTotals & { failed: number },
): Letter {
  const locale = { locale: frame.language };
  const names = { cohort: round.cohortName, round: round.name };
  const closing =
    round.closesOn === null
      ? m.mail_summary_closing_soon_what(names, locale)
      : m.mail_summary_closing_soon_what_until({ ...names, day: weekdayText(round.closesOn, frame.language) }, locale);
  const words = {
    opened: {
      subject: m.mail_summary_opened_subject(names, locale),
      what: m.mail_summary_opened_what(names, locale),
      next: m.mail_summary_opened_next({}, locale),
    },
    closing_soon: {
      subject: m.mail_summary_closing_soon_subject(names, locale),
      what: closing,
      next: m.mail_summary_closing_soon_next({}, locale),
    },
    closed: {
      subject: m.mail_summary_closed_subject(names, locale),
      what: m.mail_summary_closed_what(names, locale),
      next: m.mail_summary_closed_next({}, locale),
    },
  }[kind];
  const points = [
    m.mail_summary_schools({ count: schools }, locale),
    m.mail_summary_submitted({ submitted, invited }, locale),
    ...(failed > 0 ? [m.mail_summary_failed({ count: failed }, locale)] : []),
  ];
  const parts: Part[] = [
    text(words.what),
    { kind: 'points', heading: m.mail_summary_counts({}, locale), points },
    text(words.next),
    { kind: 'link', label: m.mail_summary_button({}, locale), url: `${frame.publicUrl}/rounds/${round.id}` },
  ];
  return letter(frame, words.subject, parts);
}
