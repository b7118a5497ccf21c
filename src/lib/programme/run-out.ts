type Cancellable = { cancelledAt: string | null };

/** What of a plan says when it is over; moments in ISO 8601, days as yyyy-mm-dd. */
export type Planned = {
  sessions: readonly (Cancellable & { endsAt: string })[];
  assignments: readonly (Cancellable & { dueOn: string })[];
  rounds: readonly (Cancellable & { onDay: string })[];
};

/**
 * Whether everything in a plan has been: no session, assignment or round lies ahead, and as many rounds were held as stand in it
 * (by number, for a trainer names a round as it suits, and may hold one more). What was cancelled does not count. A plan with nothing in it says
 * nothing of an end, and is not over.
 * @param held how many whole rounds are planned, open or closed
 */
export function isRunOut({ sessions, assignments, rounds }: Planned, held: number, now: Date, today: string): boolean {
  const goesOn = <T extends Cancellable>(items: readonly T[]) =>
    items.filter(({ cancelledAt }) => cancelledAt === null);
  const [gatherings, works, measured] = [goesOn(sessions), goesOn(assignments), goesOn(rounds)];
  if (gatherings.length + works.length + measured.length === 0) return false;
  return (
    gatherings.every(({ endsAt }) => endsAt <= now.toISOString()) &&
    works.every(({ dueOn }) => dueOn < today) &&
    measured.every(({ onDay }) => onDay < today) &&
    held >= measured.length
  );
}
