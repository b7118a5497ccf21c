import { m } from '#lib/paraglide/messages.js';
import type { RegistrationMail } from '#lib/server/registrations/links-service.ts';
import type { NewOfCohort } from '#lib/server/registrations/news-service.ts';
import { letter, oneLine, text, weekdayText, type Frame } from './frame.ts';
import type { Letter, Part } from './letter.ts';
import type { Asker } from './trainer-queries.ts';

/** A school's registration, as a mail speaks of it; days are yyyy-mm-dd. */
export type RegistrationFacts = Asker & {
  schoolName: string;
  /** Director and IB'er take part together. */
  isPair: boolean;
  lastOn: string;
  startsOn: string;
};

/** Tells a school how its registration stands; `link` is its own, where something can be seen there. */
export function registrationLetter(
  frame: Frame,
  facts: RegistrationFacts,
  kind: RegistrationMail,
  link: string | null,
): Letter {
  const locale = { locale: frame.language };
  const names = { school: inert(facts.schoolName), cohort: facts.cohortName };
  const days = { first: weekdayText(facts.startsOn, frame.language), last: weekdayText(facts.lastOn, frame.language) };
  const who = (facts.isPair ? m.mail_registration_pair : m.mail_registration_alone)({}, locale);
  const words: Record<RegistrationMail, { subject: string; says: string[] }> = {
    received: {
      subject: m.mail_registration_received_subject(names, locale),
      says: [m.mail_registration_received({ ...names, who }, locale), m.mail_registration_next(days, locale)],
    },
    known: {
      subject: m.mail_registration_known_subject(names, locale),
      says: [m.mail_registration_known(names, locale)],
    },
    changed: {
      subject: m.mail_registration_changed_subject(names, locale),
      says: [m.mail_registration_changed({ ...names, who }, locale)],
    },
    moved: {
      subject: m.mail_registration_moved_subject(names, locale),
      says: [m.mail_registration_moved(names, locale)],
    },
    placed: {
      subject: m.mail_registration_placed_subject(names, locale),
      says: [m.mail_registration_placed({ ...names, ...days }, locale), m.mail_registration_placed_next({}, locale)],
    },
    waiting: {
      subject: m.mail_registration_waiting_subject(names, locale),
      says: [m.mail_registration_waiting(names, locale), m.mail_registration_waiting_next({}, locale)],
    },
    withdrawn: {
      subject: m.mail_registration_withdrawn_subject(names, locale),
      says: [m.mail_registration_withdrawn(names, locale)],
    },
  };
  const { subject, says } = words[kind];
  const button: Part[] =
    link === null ? [] : [{ kind: 'link', label: m.mail_registration_button({}, locale), url: link }];
  const parts = [...says.map(text), ...button, ...(link === null ? [] : [text(m.mail_registration_link({}, locale))])];
  const hello = { ...frame, name: frame.name === null ? null : inert(frame.name) };
  return letter(hello, subject, parts, { asker: facts, link: link === null ? 'none' : 'form' });
}

/**
 * What somebody with a link typed, in a mail to whoever was named: programs make links of whatever looks like an address, and a school
 * may be given a name that leads elsewhere. A sign that is not seen (a word joiner) parts it.
 */
function inert(typed: string): string {
  return oneLine(typed).replaceAll(/[.:/@]/g, '$&\u2060');
}

/** Tells a trainer that a school with a place withdrew, and where the next gets it. */
export function placeFree(frame: Frame, { schoolName, cohortName }: RegistrationFacts, cohortId: string): Letter {
  const locale = { locale: frame.language };
  const names = { school: inert(schoolName), cohort: cohortName };
  return letter(frame, m.mail_registration_free_subject(names, locale), [
    text(m.mail_registration_free(names, locale)),
    {
      kind: 'link',
      label: m.mail_registration_free_button({}, locale),
      url: `${frame.publicUrl}/cohorts/${cohortId}/registration`,
    },
  ]);
}

/** Tells a trainer how many schools registered for each of these cohorts, and where they get a place; no names. */
export function newRegistrations(frame: Frame, cohorts: readonly NewOfCohort[]): Letter {
  const locale = { locale: frame.language };
  const [first] = cohorts;
  const isOne = cohorts.length === 1 && first !== undefined;
  const button: Part = {
    kind: 'link',
    label: isOne ? m.mail_registration_free_button({}, locale) : m.mail_registration_new_button({}, locale),
    url: `${frame.publicUrl}/cohorts${isOne ? `/${first.cohortId}/registration` : ''}`,
  };
  const points = cohorts.map(({ cohortName: cohort, count }) => m.mail_registration_new_of({ cohort, count }, locale));
  const count = cohorts.reduce((sum, each) => sum + each.count, 0);
  return letter(frame, m.mail_registration_new_subject({ count }, locale), [
    text(m.mail_registration_new({}, locale)),
    { kind: 'points', heading: m.mail_registration_new_h({}, locale), points },
    text(m.mail_registration_new_once({}, locale)),
    button,
  ]);
}
