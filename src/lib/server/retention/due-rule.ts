import { addDays, addMonths } from '#lib/programme/calendar.ts';

/**
 * When names, addresses and remarks of a cohort go (docs/decisions.md, Retention). All days are those of the schools
 * (yyyy-mm-dd), and today comes in as an argument.
 */

/** Months that they stay after the end, where nobody chose otherwise. */
export const USUAL_MONTHS = 12;
/** What may be chosen. */
export const MONTHS = { min: 1, max: 60 } as const;
/** Days that people are told ahead: nothing goes sooner after it was announced. */
export const AHEAD_DAYS = 30;
/** The last day of a school year, month and day. */
const SCHOOL_YEAR_ENDS = '07-31';

/** What was chosen for a programme, or for a cohort without one. */
export type Policy = {
  /** The day on which it ends; null: not set. */
  endsOn: string | null;
  months: number;
  /** Nothing goes before this day; null: not postponed. */
  postponedUntil: string | null;
  /** Whether single answers stay then, without a name, or go too; figures of reports and cohorts stay in any case. */
  answers: 'kept' | 'erased';
};

export const USUAL: Policy = { endsOn: null, months: USUAL_MONTHS, postponedUntil: null, answers: 'kept' };

/** How far a cohort is. */
export type Standing = {
  /** The last day on which something happened or is planned: a round, a session, an assignment, a question, or somebody who was added. */
  lastOn: string;
  hasOpenRound: boolean;
  /** When it was announced, and for which day that was due then; null: not yet. */
  announced: { on: string; for: string } | null;
  clearedOn: string | null;
};

/**
 * The day on which the cohort ends: as it was set, else the end of the school year in which the last thing happened. A
 * programme measures once a year, so a round that closed says by itself that there may be another next year.
 */
export function endOf({ endsOn }: Pick<Policy, 'endsOn'>, { lastOn }: Pick<Standing, 'lastOn'>): string {
  if (endsOn !== null) return endsOn;
  const year = Number(lastOn.slice(0, 4));
  const inYear = `${year}-${SCHOOL_YEAR_ENDS}`;
  return lastOn <= inYear ? inYear : `${year + 1}-${SCHOOL_YEAR_ENDS}`;
}

/** The day from which on they are to go. */
export function dueOn(policy: Policy, standing: Pick<Standing, 'lastOn'>): string {
  const due = addMonths(endOf(policy, standing), policy.months);
  return policy.postponedUntil !== null && policy.postponedUntil > due ? policy.postponedUntil : due;
}

/**
 * The day on which they go at the earliest, as people are told: the day that is due, and at least a month after it was
 * announced, also where it was set to a day in the past or the server stood still.
 */
export function goesOn(due: string, announcedOn: string): string {
  const rested = addDays(announcedOn, AHEAD_DAYS);
  return due > rested ? due : rested;
}

/**
 * What is to be done about a cohort today; null for nothing. Another day that is due is announced anew. A cohort that was
 * cleared is left alone until something happens in it again; an open round is never cleared.
 */
export function nextStep(policy: Policy, standing: Standing, today: string): 'announce' | 'clear' | null {
  if (isCleared(standing)) return null;
  const due = dueOn(policy, standing);
  const { announced } = standing;
  if (announced?.for !== due) return today >= addDays(due, -AHEAD_DAYS) ? 'announce' : null;
  return today >= goesOn(due, announced.on) && !standing.hasOpenRound ? 'clear' : null;
}

export function isCleared({ clearedOn, lastOn }: Pick<Standing, 'clearedOn' | 'lastOn'>): boolean {
  return clearedOn !== null && clearedOn >= lastOn;
}
