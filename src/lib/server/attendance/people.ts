import { isExpected, type Presence } from '#lib/programme/attendance.ts';
import { dayOf } from '#lib/server/days.ts';
import type { MarkRow, PlaceRow } from './queries.ts';

/** Somebody at a session. One person is one line, also an IB'er at three schools. */
export type Attendee = {
  personId: string;
  /** Null where the name has been taken away. */
  name: string | null;
  role: 'director' | 'ib';
  schools: string[];
  /** Null: not filled in yet. */
  presence: Presence | null;
  /** Took part when it was held; the others joined later or had left, and count once they are filled in. */
  isExpected: boolean;
};

/**
 * Everybody of a cohort as they stand towards a session, by school, an IB'er before the director.
 * @param withDirectors whether directors take part too (a programme for pairs); one who is filled in always stands there
 */
export function attendeesOf(
  session: { startsAt: string },
  places: readonly PlaceRow[],
  marks: readonly MarkRow[],
  withDirectors: boolean,
): Attendee[] {
  const markOf = new Map(marks.map(({ personId, presence }) => [personId, presence]));
  const when = { day: dayOf(new Date(session.startsAt)), startsAt: session.startsAt };
  const people = new Map<string, Attendee>();
  for (const place of places) {
    const { personId, name, role, schoolName } = place;
    const presence = markOf.get(personId) ?? null;
    if (role === 'director' && !withDirectors && presence === null) continue;
    const isThere = (role === 'ib' || withDirectors) && isExpected(stayOf(place), when);
    const known = people.get(personId);
    people.set(personId, {
      ...(known ?? { personId, name, role, presence }),
      schools: [...new Set([...(known?.schools ?? []), schoolName])],
      isExpected: isThere || (known?.isExpected ?? false),
    });
  }
  return [...people.values()];
}

/** Those who count: whoever took part, and whoever was filled in all the same. */
export function counting(attendees: readonly Attendee[]): Attendee[] {
  return attendees.filter(({ isExpected, presence }) => isExpected || presence !== null);
}

/** When each of those stopped who take part no longer, at any school (ISO 8601, by person). */
export function endsOf(places: readonly PlaceRow[], withDirectors: boolean): Map<string, string> {
  const taking = places.filter(({ role }) => role === 'ib' || withDirectors);
  const stays = [...Map.groupBy(taking, ({ personId }) => personId)];
  return new Map(
    stays.flatMap(([personId, own]) => {
      const ends = own.map((place) => stayOf(place).leftAt);
      const last = ends
        .filter((end) => end !== null)
        .toSorted()
        .at(-1);
      return last === undefined || ends.includes(null) ? [] : [[personId, last] as const];
    }),
  );
}

/** A director's place ends with the series too; whichever was first. */
function stayOf({ joinedAt, leftAt, seriesLeftAt }: PlaceRow): { joinedOn: string; leftAt: string | null } {
  const ends = [leftAt, seriesLeftAt].filter((end) => end !== null).toSorted();
  return { joinedOn: dayOf(new Date(joinedAt)), leftAt: ends[0] ?? null };
}
