import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from './numbers.ts';

type HeldRole = { role: 'admin' | 'trainer' | 'steering' | 'ib' | 'director'; name: string | null };

/** A role in words: what somebody is, and of which cohort, programme or school; a mail says it in its own language. */
export function roleWords({ role, name }: HeldRole, language: Locale = getLocale()): string {
  const locale = { locale: language };
  if (role === 'admin') return m.account_role_admin({}, locale);
  if (name === null) return m.account_role_trainer({}, locale);
  if (role === 'trainer') return m.account_role_trainer_of({ name }, locale);
  if (role === 'steering') return m.account_role_steering_of({ name }, locale);
  return role === 'ib' ? m.account_role_ib({ name }, locale) : m.account_role_director({ name }, locale);
}

/** What has just happened to the account, in a sentence; null when nothing has. */
export function accountNews(
  news: 'language' | 'password' | 'recovered' | 'ended' | null,
  codesLeft: number | null,
): string | null {
  if (news === 'language') return m.account_language_saved();
  if (news === 'password') return m.account_password_saved();
  if (news === 'ended') return m.account_session_ended();
  if (news === null || codesLeft === null) return null;
  return codesLeft === 0 ? m.second_step_none_left() : m.second_step_left({ count: codesLeft });
}
