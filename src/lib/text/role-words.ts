import type { Role } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';

/** A role of the form in a word. */
export function roleText(role: Role): string {
  return { director: m.role_director, ib: m.role_ib, teacher: m.role_teacher }[role]();
}
