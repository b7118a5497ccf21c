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

/** How many recovery codes are left, said after one was used. */
export function codesLeftText(count: number): string {
  return count === 0 ? m.second_step_none_left() : m.second_step_left({ count });
}
