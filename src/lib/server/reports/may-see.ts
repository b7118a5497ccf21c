import type { Viewer } from '#lib/disclosure/viewer.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { ReportRow } from './queries.ts';

/** Whether the person may see this report. */
export function maySee(
  actor: Actor,
  row: Pick<ReportRow, 'cohortId' | 'rateeId' | 'directorId' | 'releasedAt' | 'trainerSeesSchools'>,
): boolean {
  return may(actor, 'see_school_report', {
    cohortId: row.cohortId,
    schoolPeople: row.directorId === null ? [row.rateeId] : [row.rateeId, row.directorId],
    released: row.releasedAt !== null,
    trainerSeesSchools: row.trainerSeesSchools === 1,
  });
}

/** As whom the person sees it; null for a trainer. */
export function viewerOf(actor: Actor, row: Pick<ReportRow, 'rateeId' | 'directorId'>): Viewer | null {
  if (actor.kind !== 'user' || actor.personId === null) return null;
  if (actor.personId === row.rateeId) return 'ib';
  return actor.personId === row.directorId ? 'director' : null;
}

/**
 * Whether a trainer reads it as one of the single schools of a cohort: released, and not about this person. Whoever is its
 * director or IB'er reads it as a report, as whoever it is about does.
 */
export function readsAsTrainer(
  actor: Actor,
  row: Pick<ReportRow, 'cohortId' | 'rateeId' | 'directorId' | 'releasedAt' | 'trainerSeesSchools'>,
): boolean {
  return row.releasedAt !== null && maySee(actor, row) && viewerOf(actor, row) === null;
}
