import * as messages from '#lib/paraglide/messages.js';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from './numbers.ts';

/** A line of the log as the service gives it, as far as its words go. */
export type Line = {
  who: { kind: string; userId: string | null; name: string | null };
  action: string;
  object: { type: string; id: string; name: string | null };
  details: readonly { key: string; value: string }[];
};

type Message = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;
const texts: Partial<Record<string, Message>> = messages as unknown as Record<string, Message>;

/**
 * What somebody did, to follow on the name: "heeft een meting geopend". Every action of the log has one in both languages
 * (`audit.test.ts`); an action of a later version of the product, after going back, is shown by its own name.
 */
export function actionText(action: string, locale: Locale = getLocale(), by?: Pick<Line['who'], 'kind'>): string {
  const key = `audit_${action.replaceAll(/[.-]/g, '_')}`;
  // Of somebody who is not known yet, and of the operator: the account that follows is not who did it.
  const ofOthers = by && texts[`${key}_by_${by.kind}`];
  return (ofOthers ?? texts[key])?.({}, { locale }) ?? action;
}

/** The same by itself, in a column beside "jij" too: "een meting geopend". */
export function happenedText({ action, by }: { action: string; by: string }, locale: Locale): string {
  return actionText(action, locale, { kind: by }).replace(/^heeft /, '');
}

export function whoText({ who }: Line, locale: Locale = getLocale()): string {
  if (who.kind === 'user') return who.name ?? m.log_who_gone({}, { locale });
  if (who.kind === 'visitor') return m.log_who_visitor({}, { locale });
  return who.kind === 'operator' ? m.log_who_operator({}, { locale }) : m.log_who_system({}, { locale });
}

/** What it was about: its name as it is now; '' where there is nothing to name, or who did it did it to the own account. */
export function objectText({ who, object }: Line, locale: Locale = getLocale()): string {
  if (object.type === 'page') return pageText(object.id, locale);
  if (object.id === '' || (object.type === 'user' && object.id === who.userId)) return '';
  return object.name ?? m.log_gone({}, { locale });
}

/** What a line adds, in the reader's words; '' for nothing. */
export function detailText({ details }: Line, locale: Locale = getLocale()): string {
  return details.map(({ key, value }) => WORDS[key]?.(value, locale) ?? value).join(' · ');
}

/** For whom a page is, by the first part of its route: where exactly it stands in the code is of no use to a reader. */
function pageText(route: string, locale: Locale): string {
  return (PAGES[route.split('/')[1] ?? ''] ?? m.log_page)({}, { locale });
}

const WORDS: Readonly<Partial<Record<string, (value: string, locale: Locale) => string>>> = {
  role: (value, locale) => {
    const word = ROLES[value]?.({}, { locale }) ?? value;
    return value === 'ib' ? word : word.toLocaleLowerCase(locale);
  },
  mode: (value, locale) => MODES[value]?.({}, { locale }) ?? value,
  by: (value, locale) => WAYS[value]?.({}, { locale }) ?? value,
  method: (value, locale) => (['GET', 'HEAD'].includes(value) ? m.log_open : m.log_do)({}, { locale }),
  route: pageText,
  times: (value, locale) => m.log_times({ count: value }, { locale }),
  lines: (value, locale) => m.log_many_places({ count: value }, { locale }),
  teams: (value, locale) => m.count_ibs({ count: Number(value) }, { locale }),
  schools: (value, locale) => m.count_schools({ count: Number(value) }, { locale }),
  people: (value, locale) => m.log_people({ count: Number(value) }, { locale }),
  answers: (value, locale) =>
    (value === 'erased' ? m.retention_log_answers_erased : m.retention_log_answers_kept)({}, { locale }),
  journal: (value, locale) => (value === 'none' ? m.log_without_journal : m.log_with_journal)({}, { locale }),
  carried: (value, locale) => m.log_carried({ count: value }, { locale }),
  planned: (value, locale) => PLANNED[value]?.({}, { locale }) ?? value,
  weeks: (value, locale) =>
    (Number(value) < 0 ? m.log_weeks_earlier : m.log_weeks_later)({ count: Math.abs(Number(value)) }, { locale }),
  responses: (value, locale) => m.log_responses({ count: value }, { locale }),
};

const ROLES: Readonly<Partial<Record<string, Message>>> = {
  admin: m.admin_role_admin,
  trainer: m.admin_role_trainer,
  steering: m.admin_role_steering,
  director: m.role_director,
  ib: m.role_ib,
  teacher: m.role_teacher,
};

const PAGES: Readonly<Partial<Record<string, Message>>> = {
  '(trainer)': m.log_page_trainer,
  '(admin)': m.log_page_admin,
  '(steering)': m.log_page_steering,
  '(school)': m.log_page_school,
  '(account)': m.log_page_account,
};

const PLANNED: Readonly<Partial<Record<string, Message>>> = {
  session: m.log_planned_session,
  assignment: m.log_planned_assignment,
  round: m.log_planned_round,
};

/** The ways of signing in. */
const WAYS: Readonly<Partial<Record<string, Message>>> = {
  link: m.log_by_link,
  password: m.log_by_password,
  code: m.log_by_code,
  recovery_code: m.log_by_recovery_code,
  new_factor: m.log_by_new_factor,
  set_up: m.log_by_set_up,
};

const MODES: Readonly<Partial<Record<string, Message>>> = { protected: m.log_mode_protected, open: m.log_mode_open };
