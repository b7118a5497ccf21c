import type { Entry } from '#lib/programme/by-year.ts';
import type { AssignmentPlan, RoundPlan, SessionPlan } from '#lib/programme/plan.ts';

type Kept = { cancelledAt: string | null; version: number };

/** What a page shows of a session, an assignment and a round of a plan. */
export type ShownSession = SessionPlan & Kept & { id: string };
export type ShownEntry = Entry<ShownSession, AssignmentPlan & Kept & { id: string }, RoundPlan & Kept>;

/** What a line of a plan is known by. */
export function entryKey(entry: ShownEntry): string {
  if (entry.kind === 'round') return entry.round.name;
  if (entry.kind === 'assignment') return entry.assignment.id;
  return entry.kind === 'session' ? entry.session.id : (entry.sessions[0]?.id ?? entry.day);
}

/** A round that there is: planned, open or closed. */
export type HeldRound = {
  id: string;
  name: string;
  status: 'planned' | 'open' | 'closed';
  origin: 'app' | 'import';
  /** As for RoundState. */
  opensOn?: string | null;
  openedAt: string | null;
  closedAt: string | null;
};
