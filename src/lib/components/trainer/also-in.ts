import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { formatList } from '#lib/text/numbers.ts';
import { rateeText } from '#lib/text/ratee-name.ts';

type Role = 'director' | 'ib' | 'teacher';
type Member = { personId: string; role: Role; name: string | null };
type Series = {
  id: string;
  schoolName: string;
  rateeName: string | null;
  rateeErasedAt: string | null;
  team: readonly Member[];
};

/**
 * Where the people of a team take part in the cohort besides: the IB'er of three schools, a director who is a teacher
 * elsewhere. A sentence a person, in the reader's language; each form of such a person comes in one mail.
 */
export function alsoIn(series: Series, all: readonly Series[]): string[] {
  return series.team.flatMap((member) => {
    const elsewhere = all.flatMap((other) =>
      other.id === series.id
        ? []
        : other.team
            .filter(({ personId }) => personId === member.personId)
            .map(({ role }) => placeOf(role, other, series)),
    );
    if (elsewhere.length === 0) return [];
    return [m.also_in({ name: member.name ?? m.no_name(), places: formatList(elsewhere, getLocale()) })];
  });
}

function placeOf(role: Role, other: Series, here: Series): string {
  // Two IB'ers at one school: the school's name alone would say nothing.
  const school =
    other.schoolName === here.schoolName
      ? m.also_with({ name: rateeText(other) })
      : m.also_at({ school: other.schoolName });
  const words = { director: m.also_director, ib: m.also_ib, teacher: m.also_teacher };
  return words[role]({ place: school });
}
