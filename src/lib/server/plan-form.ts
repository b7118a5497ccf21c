import { z } from 'zod';
import { momentOf, wallClock } from '#lib/programme/calendar.ts';
import type { AssignmentPlan, SessionPlan } from '#lib/programme/plan.ts';
import { LIMITS } from '#lib/programme/schema.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldErrors } from '#lib/text/fields.ts';
import { addDays, parseDay } from './days.ts';

/** The fields of a form about a session, and about an assignment. */
export const SESSION_FIELDS = [
  ...(['title', 'about', 'place', 'day', 'start', 'end', 'hours', 'year', 'event', 'version'] as const),
] as const;
export const ASSIGNMENT_FIELDS = ['title', 'about', 'day', 'hours', 'year', 'version'] as const;

type Values = Partial<Record<string, string>>;
type Read<T> = { plan: T } | { errors: Record<string, string> };

/** Most years that a plan may lie before or after today: what lies further was typed wrong. */
const MOST_YEARS = 15;

const text = {
  title: z.string().trim().min(1).max(LIMITS.title),
  about: z.string().trim().max(LIMITS.about).default(''),
};
const session = z.object({ ...text, place: z.string().trim().max(LIMITS.place).default('') });
const assignment = z.object(text);

/**
 * A session as somebody typed it: day, times of the schools' clock, hours with a comma or a point.
 * @param today the day (yyyy-mm-dd) that days are near
 */
export function readSession(values: Values, today: string): Read<SessionPlan> {
  const parsed = session.safeParse(values);
  const { day, hours, year, errors } = readShared(values, today);
  const [start, end] = [timeOf(values['start']), timeOf(values['end'])];
  if (start === null) errors['start'] = m.course_fault_time();
  if (end === null) errors['end'] = m.course_fault_time();
  else if (start !== null && end <= start) errors['end'] = m.course_fault_end();
  if (!parsed.success || day === null || hours === null || year === null || start === null || end === null) {
    return { errors: { ...errors, ...(parsed.error ? fieldErrors(parsed.error) : {}) } };
  }
  if (Object.keys(errors).length > 0) return { errors };
  const times = { startsAt: momentOf(day, start), endsAt: momentOf(day, end) };
  return { plan: { ...parsed.data, ...times, year, hours, event: values['event'] === 'two_day' ? 'two_day' : null } };
}

/** An assignment as somebody typed it. */
export function readAssignment(values: Values, today: string): Read<AssignmentPlan> {
  const parsed = assignment.safeParse(values);
  const { day, hours, year, errors } = readShared(values, today);
  if (!parsed.success || day === null || hours === null || year === null) {
    return { errors: { ...errors, ...(parsed.error ? fieldErrors(parsed.error) : {}) } };
  }
  return { plan: { ...parsed.data, dueOn: day, hours, year } };
}

/** What a session says in the fields of its form. */
export function sessionValues(plan: SessionPlan): Record<string, string> {
  const [start, end] = [wallClock(plan.startsAt), wallClock(plan.endsAt)];
  return {
    ...sharedValues(plan),
    place: plan.place,
    day: start.day,
    start: start.time,
    end: end.time,
    event: plan.event ?? '',
  };
}

/** What an assignment says in the fields of its form. */
export function assignmentValues(plan: AssignmentPlan): Record<string, string> {
  return { ...sharedValues(plan), day: plan.dueOn };
}

function sharedValues({ title, about, hours, year }: Pick<SessionPlan, 'title' | 'about' | 'hours' | 'year'>) {
  return { title, about, hours: String(hours), year: String(year) };
}

function readShared(values: Values, today: string) {
  const errors: Record<string, string> = {};
  const day = readPlanDay(values['day'], today);
  const [hours, year] = [numberOf(values['hours'], 0, LIMITS.hours), wholeOf(values['year'], 1, LIMITS.years)];
  if (day === null) errors['day'] = m.course_fault_day();
  if (hours === null) errors['hours'] = m.course_fault_hours({ max: LIMITS.hours });
  if (year === null) errors['year'] = m.course_fault_year({ max: LIMITS.years });
  return { day, hours, year, errors };
}

/** A day (yyyy-mm-dd) as it was typed; null for what is none, or is too far from today to be meant. */
export function readPlanDay(typed: string | undefined, today: string): string | null {
  const day = parseDay(typed ?? '');
  const far = MOST_YEARS * 366;
  return day !== null && day > addDays(today, -far) && day < addDays(today, far) ? day : null;
}

/** A year of the programme as it was typed; null for what is none. */
export function readYear(typed: string | undefined): number | null {
  return wholeOf(typed, 1, LIMITS.years);
}

function timeOf(typed: string | undefined): string | null {
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec((typed ?? '').trim()) ?? [];
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : null;
}

function numberOf(typed: string | undefined, min: number, max: number): number | null {
  const text = (typed ?? '').trim().replace(',', '.');
  const number = Number(text);
  return text !== '' && number >= min && number <= max ? number : null;
}

function wholeOf(typed: string | undefined, min: number, max: number): number | null {
  const number = numberOf(typed, min, max);
  return number !== null && Number.isInteger(number) ? number : null;
}
