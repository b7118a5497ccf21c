import { LIMITS } from '#lib/disclosure/limits.ts';
import { countPresence, hoursDone, shareOf, sumCounts } from '#lib/programme/attendance.ts';
import { isLate } from '#lib/programme/hand-in.ts';
import { hoursByYear } from '#lib/programme/plan.ts';
import { meanOverSessions } from '#lib/programme/usefulness.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import * as queries from './queries.ts';
import * as attendance from './service.ts';

/** Hours as planned, and those of what is over: a session that ended, an assignment whose day is past. */
type PlannedHeld = { planned: number; held: number };

/** A cohort's programme year in totals: what was planned, and what came of it. Nobody's own line. */
export type YearTotals = {
  /** From 1. */
  year: number;
  /** Sessions that are not cancelled; `held` of them are over. */
  sessions: { planned: number; held: number };
  /** Hours for one participant, of sessions and assignments together and of each. */
  hours: PlannedHeld & { sessions: PlannedHeld; assignments: PlannedHeld };
  /** Hours that participants were at sessions, on average for the `n` of whom something is filled in; null below five. */
  hoursDone: { mean: number | null; n: number };
  /** Of what is filled in (`n`) the share (0–1) who were there; null, with its reason, where it tells of few people. */
  attendance: { share: number | null; n: number; reason?: 'nobody_filled_in' | 'too_few_people' };
  /** 0–10, of the `n` answers of sessions that show theirs; null where no session has five. */
  usefulness: { mean: number | null; n: number; reason?: 'too_few_answers' };
};

/**
 * The totals of a cohort by programme year, in order. An assignment whose day is past counts with the hours that were planned
 * for it, whoever handed it in, as a session does, whoever came; what somebody spent on one nobody knows. Where fewer than
 * five people are filled in there is no share and no mean, however many take part: that would be what one of them did.
 * The caller has asked whether the reader may.
 * @throws DomainError not_found
 */
export async function ofCohort(db: Db, cohortId: string, now: Date): Promise<YearTotals[]> {
  const spreads = await usefulness.spreadsOf(db, cohortId);
  const kept = new Map((await queries.listKept(db, cohortId)).map((row) => [row.year, row]));
  const lived = await attendance.withPeople(db, cohortId);
  return (await yearsOf(db, cohortId, lived, now)).map(({ year, planned, held, hours }) => {
    const { people, filledIn, sums } = kept.get(year) ?? sumsOf(year, held);
    return {
      year,
      sessions: { planned, held: held.length },
      hours,
      hoursDone: { n: people, mean: sums && sums.hours / people },
      attendance: shareShown(filledIn, sums),
      usefulness: usefulnessOf(held.flatMap(({ session }) => spreads.get(session.id) ?? [])),
    };
  });
}

type Lived = readonly attendance.LivedSession[];
type PlanYear = { year: number; planned: number; held: Lived; hours: YearTotals['hours'] };

/** What was planned in each year and not cancelled, and the sessions of it that are over, in order. */
async function yearsOf(db: Db, cohortId: string, lived: Lived, now: Date): Promise<PlanYear[]> {
  const { assignments } = await plans.planOfCohort(db, cohortId);
  const going = lived.filter(({ session }) => session.cancelledAt === null);
  const years = [...new Set([...going.map(({ session }) => session.year), ...assignments.map(({ year }) => year)])];
  return years
    .toSorted((a, b) => a - b)
    .map((year) => {
      const sessions = going.filter(({ session }) => session.year === year);
      const held = sessions.filter(({ session }) => session.endsAt <= now.toISOString());
      const work = assignments.filter((each) => each.year === year);
      const past = work.filter(({ dueOn }) => isLate(dueOn, dayOf(now)));
      return { year, planned: sessions.length, held, hours: hoursOfYear([sessions, work], [held, past]) };
    });
}

type Parts = readonly [sessions: Lived, assignments: readonly plans.Assignment[]];

/** The hours of one year, counted in one way as planned and of what is over. */
function hoursOfYear(planned: Parts, over: Parts): YearTotals['hours'] {
  const sumOf = ([sessions, assignments]: Parts) =>
    hoursByYear({ sessions: sessions.map(({ session }) => session), assignments })[0];
  const [all, done] = [sumOf(planned), sumOf(over)];
  const both = (of: 'total' | 'sessions' | 'assignments') => ({ planned: all?.[of] ?? 0, held: done?.[of] ?? 0 });
  return { ...both('total'), sessions: both('sessions'), assignments: both('assignments') };
}

/** What each year came to of which something is filled in, to be kept where who was where goes. */
export async function yearsToKeep(db: Db, cohortId: string, now: Date): Promise<queries.KeptRow[]> {
  const years = await yearsOf(db, cohortId, await attendance.withPeople(db, cohortId), now);
  return years.map(({ year, held }) => sumsOf(year, held)).filter(({ people }) => people > 0);
}

/** Where fewer than five people are filled in there are no sums: they would say what one of them did. */
function sumsOf(year: number, held: Lived): queries.KeptRow {
  const done = [...hoursByPerson(held).values()];
  const counts = held.map(({ people }) => countPresence(people.map(({ presence }) => presence)));
  const { present, absent } = sumCounts(counts);
  const filled = { year, people: done.length, filledIn: present + absent };
  if (done.length < LIMITS.minAnswers) return { ...filled, sums: null };
  return { ...filled, sums: { present, hours: done.reduce((sum, each) => sum + each, 0) } };
}

function shareShown(n: number, sums: queries.KeptRow['sums']): YearTotals['attendance'] {
  if (n === 0) return { share: null, n, reason: 'nobody_filled_in' };
  if (sums === null) return { share: null, n, reason: 'too_few_people' };
  return { share: shareOf({ present: sums.present, absent: n - sums.present }), n };
}

function usefulnessOf(spreads: readonly { n: number; mean: number }[]): YearTotals['usefulness'] {
  return meanOverSessions(spreads) ?? { mean: null, n: 0, reason: 'too_few_answers' };
}

/** The hours that each was there, by person. Who was never filled in is not in it: that is not 0 but unknown. */
function hoursByPerson(held: Lived): Map<string, number> {
  const done = new Map<string, number>();
  for (const { session, people } of held) {
    for (const { personId, presence } of people) {
      if (presence === null) continue;
      done.set(personId, (done.get(personId) ?? 0) + hoursDone([{ hours: session.hours, presence }]));
    }
  }
  return done;
}

/** The hours of each participant in a year, beside those of its sessions. */
export type YearHours = {
  year: number;
  sessions: PlannedHeld;
  /** Hours that are planned for assignments, which are in nobody's hours. */
  assignments: number;
  /** `done` is null for whoever nothing is filled in of. */
  people: { personId: string; name: string | null; schools: string[]; done: number | null }[];
};

/**
 * Hours done by participant and programme year, for the cohort's trainer; the caller has asked whether the reader may.
 * @param lived the sessions of this cohort with their people
 */
export async function hoursOf(db: Db, cohortId: string, lived: Lived, now: Date): Promise<YearHours[]> {
  return (await yearsOf(db, cohortId, lived, now)).map(({ year, held, hours }) => {
    const done = hoursByPerson(held);
    const people = new Map(held.flatMap((each) => each.people.map((person) => [person.personId, person] as const)));
    return {
      ...{ year, sessions: hours.sessions, assignments: hours.assignments.planned },
      people: [...people.values()].map(({ personId, name, schools }) => ({
        ...{ personId, name, schools },
        done: done.get(personId) ?? null,
      })),
    };
  });
}
