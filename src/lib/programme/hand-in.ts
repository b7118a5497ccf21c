/** What may still be done with an assignment, and what comes of all of them in numbers. Pure: days are yyyy-mm-dd. */

/** What was handed in, as far as it says what may still be done with it. */
export type HandedIn = {
  /** The day of the schools' clock on which it was handed in, or replaced for the last time. */
  on: string;
  hasFeedback: boolean;
};

/**
 * Where somebody stands with an assignment: nothing handed in and its day still to come (`to_do`) or past (`overdue`), handed in
 * and open to change (`changeable`), handed in on time and past its day (`waiting`), or with feedback (`answered`).
 */
export type Standing = 'to_do' | 'overdue' | 'changeable' | 'waiting' | 'answered';

/**
 * Late is possible. What was there on its day stays as it was then, for a trainer may be reading it; what came later can be
 * changed until there is feedback.
 * @param handedIn null: nothing
 */
export function standingOf(dueOn: string, handedIn: HandedIn | null, today: string): Standing {
  if (handedIn === null) return isLate(dueOn, today) ? 'overdue' : 'to_do';
  if (handedIn.hasFeedback) return 'answered';
  return isLate(dueOn, today) && !isLate(dueOn, handedIn.on) ? 'waiting' : 'changeable';
}

/** Whether a day comes after the one on which it was due. */
export function isLate(dueOn: string, day: string): boolean {
  return day > dueOn;
}

/** Whether something may be handed in, now or anew. */
export function mayHandIn(standing: Standing): boolean {
  return standing !== 'waiting' && standing !== 'answered';
}

/** An assignment with the people who were to hand it in and those of them who did, late or not. */
export type Counted = {
  year: number;
  dueOn: string;
  /** Ids of people. */
  expected: readonly string[];
  handedIn: readonly string[];
};

/** The assignments of a programme year in numbers. */
export type YearCounts = {
  /** From 1. */
  year: number;
  planned: number;
  /** Those whose day is past; what follows is about them only. */
  due: number;
  /** One for each of them and each participant. */
  expected: number;
  handedIn: number;
  /** How many different people that is about. */
  people: number;
};

/** The counts by programme year, in order; given are the assignments that are not cancelled. */
export function countByYear(assignments: readonly Counted[], today: string): YearCounts[] {
  const years = [...new Set(assignments.map(({ year }) => year))].toSorted((a, b) => a - b);
  return years.map((year) => {
    const planned = assignments.filter((each) => each.year === year);
    const due = planned.filter(({ dueOn }) => isLate(dueOn, today));
    return {
      ...{ year, planned: planned.length, due: due.length },
      expected: due.reduce((sum, { expected }) => sum + expected.length, 0),
      handedIn: due.reduce((sum, { handedIn }) => sum + handedIn.length, 0),
      people: new Set(due.flatMap(({ expected }) => expected)).size,
    };
  });
}
