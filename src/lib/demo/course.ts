import { addDays, weeksLater } from '#lib/programme/calendar.ts';
import { planOf } from '#lib/programme/plan.ts';
import type { Plan } from '#lib/programme/plan.ts';
import type { Template } from '#lib/programme/schema.ts';
import type { DemoCohort, DemoCourse } from './types.ts';

/**
 * The template and the list that invented cohorts follow. Remarks and special statements are written for the first list in
 * this version.
 */
export const DEMO_COURSES: Record<DemoCourse, { template: string; list: { key: string; version: string } }> = {
  whole: { template: 'de-excellent-communicerende-iber', list: { key: 'ib-180', version: '1.0.0' } },
  pairs: {
    template: 'samenwerken-onder-spanning',
    list: { key: 'samenwerken-onder-spanning', version: '1.0.0' },
  },
};

const PLACES = { alone: 'De Brink, Veldhage (voorbeeld)', two_day: 'Landgoed De Hoge Weide (voorbeeld)' };
const THURSDAY = 4;
const AFTERWARDS_WEEKS = 4;

/**
 * The plan of an invented cohort: that of the template from the Thursday on or before its first round, with each round on
 * the day that it opened. Where the last round is open, the last session waits for its reports.
 */
export function demoCourse(
  template: Template,
  { rounds }: Pick<DemoCohort, 'rounds'>,
): { startsOn: string; plan: Plan } {
  const openedOn = new Map(rounds.map(({ name, openedAt }) => [name, openedAt.toISOString().slice(0, 10)]));
  const startsOn = thursdayBefore(openedOn.get('T0') ?? '');
  const plan = planOf(template, startsOn, 'nl');
  const open = rounds.at(-1)?.closedAt === null ? rounds.at(-1) : undefined;
  const last = plan.sessions.at(-1);
  return {
    startsOn,
    plan: {
      ...plan,
      rounds: plan.rounds.map((round) => ({ ...round, onDay: openedOn.get(round.name) ?? round.onDay })),
      sessions: plan.sessions.map((session) => {
        const placed = { ...session, place: PLACES[session.event ?? 'alone'] };
        if (session !== last || open === undefined) return placed;
        const weeks = weeksBetween(session.startsAt, open.openedAt) + AFTERWARDS_WEEKS;
        return { ...placed, ...later(session, weeks) };
      }),
    },
  };
}

function later({ startsAt, endsAt }: { startsAt: string; endsAt: string }, weeks: number) {
  return { startsAt: weeksLater(startsAt, weeks), endsAt: weeksLater(endsAt, weeks) };
}

function weeksBetween(from: string, to: Date): number {
  return Math.ceil((to.getTime() - Date.parse(from)) / (7 * 86_400_000));
}

function thursdayBefore(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() - THURSDAY + 7) % 7));
}
