import type { Role } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { dayText } from '#lib/text/dates.ts';

/** The role as a rater reads it. */
export function roleName(role: Role): string {
  return { director: m.role_director, ib: m.role_ib, teacher: m.role_teacher }[role]();
}

const timeParts = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' } as const;
const TIME = new Intl.DateTimeFormat('nl-NL', timeParts); // made once, as those of `dayText`

/** Day and time in the Netherlands: 21-11-2026 and 20:15. */
export function dayAndTime(iso: string): { day: string; time: string } {
  return { day: dayText(iso, 'nl'), time: TIME.format(new Date(iso)) };
}

/** The other language, for a switch. */
export function otherLanguage(): 'nl' | 'en' {
  return getLocale() === 'nl' ? 'en' : 'nl';
}
