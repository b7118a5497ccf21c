import { z } from 'zod';
import { directorFields, noDirectorFields, schoolFields } from '#lib/server/school-fields.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { readTeamLines, type TeamLine } from '#lib/text/team-lines.ts';

const input = z.object({ ...schoolFields, ...directorFields, teachers: z.string().max(20_000).default('') });
export const SCHOOL_FIELDS = input.keyof().options;
/** Nobody is named as director yet: both fields may stay empty, one of them may not. */
const withoutDirector = input.extend(noDirectorFields);

export type School = {
  school: { name: string; brin: string | null };
  ib: TeamLine;
  director: TeamLine | null;
  teachers: TeamLine[];
};

/**
 * A school with its IB'er and team as it was typed.
 * @returns the school, or a sentence for every field that is wrong, in the order of the form (for teachers a line each)
 */
export function readSchoolForm(
  values: Record<string, unknown>,
): { school: School; errors: null } | { school: null; errors: Record<string, string> } {
  const typed = (field: string) => String(values[field] ?? '').trim();
  const hasDirector = typed('directorName') !== '' || typed('directorEmail') !== '';
  const parsed = (hasDirector ? input : withoutDirector).safeParse(values);
  const errors = parsed.success ? {} : fieldErrors(parsed.error);

  const [ibEmail, directorEmail] = [typed('ibEmail').toLowerCase(), typed('directorEmail').toLowerCase()];
  if (hasDirector && directorEmail === ibEmail) errors['directorEmail'] ??= m.school_same_email();
  const teachers = readTeamLines(typed('teachers'), new Set([ibEmail, directorEmail]));
  if (teachers.faults.length > 0) errors['teachers'] ??= teachers.faults.join('\n');

  if (!parsed.success || Object.keys(errors).length > 0) return { school: null, errors };
  const { data } = parsed;
  const { directorName, directorEmail: address } = data;
  return {
    school: {
      school: { name: data.school, brin: data.brin },
      ib: { name: data.ibName, email: data.ibEmail },
      director: directorName === null || address === null ? null : { name: directorName, email: address },
      teachers: teachers.people,
    },
    errors: null,
  };
}
