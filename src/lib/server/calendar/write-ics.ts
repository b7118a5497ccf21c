import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { AssignmentPlan, SessionPlan } from '#lib/programme/plan.ts';

/** What of a plan has a place in a calendar; `createdAt` is when the row was made (ISO 8601). */
type Dated = { id: string; version: number; cancelledAt: string | null; createdAt: string };
export type CalendarPlan = {
  /** The name that readers give the calendar. */
  name: string;
  sessions: readonly (Pick<SessionPlan, 'startsAt' | 'endsAt' | 'title' | 'about' | 'place'> & Dated)[];
  assignments: readonly (Pick<AssignmentPlan, 'dueOn' | 'title' | 'about'> & Dated)[];
};

/**
 * A plan as an iCalendar file (RFC 5545). Moments are in UTC, so that a reader's own time zone shows them right, also across
 * a change of the clock. An event keeps its UID; each change raises SEQUENCE, and what is cancelled stays as CANCELLED, for
 * a reader forgets nothing that is only left out. The same plan gives the same bytes.
 * @param host of the address of this Drieluik, for UIDs that are nobody else's
 */
export function writeIcs({ name, sessions, assignments }: CalendarPlan, host: string): string {
  const calendar = ical({
    name: oneLine(name),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Drieluik', product: 'Drieluik', language: 'NL' },
  });
  for (const { startsAt, endsAt, place, about, ...session } of sessions) {
    calendar.createEvent({
      ...common(session, host),
      start: new Date(startsAt),
      end: new Date(endsAt),
      ...(place === '' ? {} : { location: oneLine(place) }),
      ...(about === '' ? {} : { description: about }),
    });
  }
  for (const { dueOn, about, ...assignment } of assignments) {
    calendar.createEvent({
      ...common(assignment, host),
      start: new Date(`${dueOn}T00:00:00Z`),
      allDay: true,
      ...(about === '' ? {} : { description: about }),
    });
  }
  return calendar.toString();
}

function common({ id, version, cancelledAt, createdAt, title }: Dated & { title: string }, host: string) {
  return {
    id: `${id}@${host}`,
    sequence: version,
    stamp: new Date(createdAt),
    summary: oneLine(title),
    status: cancelledAt === null ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
  };
}

/** The library escapes what would end a line; a title has no lines of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
