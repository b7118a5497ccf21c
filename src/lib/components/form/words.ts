import type { Role } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The role as a rater reads it. */
export function roleName(role: Role): string {
  return { director: m.role_director, ib: m.role_ib, teacher: m.role_teacher }[role]();
}

/** Day and time in the Netherlands: 21-11-2026 and 20:15. */
export function dayAndTime(iso: string): { day: string; time: string } {
  const parts = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', ...options }).format(new Date(iso));
  return {
    day: parts({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    time: parts({ hour: '2-digit', minute: '2-digit' }),
  };
}

/** The other language, for a switch. */
export function otherLanguage(): 'nl' | 'en' {
  return getLocale() === 'nl' ? 'en' : 'nl';
}
