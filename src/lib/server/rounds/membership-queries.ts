import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isUndecided } from './undecided-queries.ts';

/** A round of a cohort, with the school round of one series in it where there is one. */
type MembershipRow = {
  roundId: string;
  instrumentVersionId: string;
  status: 'planned' | 'open' | 'closed';
  schoolRoundId: string | null;
  mode: Mode | null;
};

/** Every round of a cohort, in order, as one series takes part in it. */
export function listMemberships(db: Db, cohortId: string, seriesId: string): Promise<MembershipRow[]> {
  return db
    .selectFrom('round')
    .leftJoin('school_round', (join) =>
      join.onRef('school_round.round_id', '=', 'round.id').on('school_round.series_id', '=', seriesId),
    )
    .select([
      'round.id as roundId',
      'round.instrument_version_id as instrumentVersionId',
      'round.status',
      'school_round.id as schoolRoundId',
      'school_round.mode',
    ])
    .where('round.cohort_id', '=', cohortId)
    .orderBy('round.number')
    .execute();
}

export async function deleteSchoolRound(db: Db, id: string): Promise<void> {
  await db.deleteFrom('school_round').where('id', '=', id).execute();
}

/** Somebody who is asked about one IB'er in an open round, or in a closed one that may open once more. */
type AskedRow = {
  invitationId: string;
  generation: number;
  roundId: string;
  roundStatus: 'planned' | 'open' | 'closed';
  schoolRoundId: string;
  personId: string;
  role: Role;
  /** Null: the form was never opened. */
  status: 'started' | 'submitted' | null;
};

function standing(db: Db) {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select([
      'invitation.id as invitationId',
      'invitation.generation',
      'round.id as roundId',
      'round.status as roundStatus',
      'school_round.id as schoolRoundId',
      'invitation.person_id as personId',
      'invitation.role',
      'response.status',
    ])
    .where('invitation.withdrawn_at', 'is', null);
}

export type Asked = AskedRow;

/** Everybody who is asked about one IB'er, in open rounds and in closed ones without a released report. */
export function listAsked(db: Db, seriesId: string): Promise<AskedRow[]> {
  return standing(db).where('school_round.series_id', '=', seriesId).where(isUndecided(db)).execute();
}

type LinkRow = AskedRow & { responseId: number | null; isUndecided: boolean };

/** Every link that one person has, in any round; `isUndecided` where the round is open or may open once more. */
export async function listLinksOf(db: Db, personId: string): Promise<LinkRow[]> {
  const rows = await standing(db)
    .select('response.id as responseId')
    .select((eb) => isUndecided(db)(eb).$castTo<number>().as('isUndecided'))
    .where('invitation.person_id', '=', personId)
    .execute();
  return rows.map((row) => ({ ...row, isUndecided: row.isUndecided === 1 }));
}

/** Ends the sessions that were begun with a link. */
export async function deleteSessions(db: Db, invitationId: string): Promise<void> {
  await db
    .deleteFrom('rater_session')
    .where('response_id', 'in', (eb) =>
      eb.selectFrom('response').select('response.id').where('response.invitation_id', '=', invitationId),
    )
    .execute();
}

/** What is not submitted in a round about IB'ers who left, with the moment of leaving. */
export async function listAskedOfLeft(db: Db, roundId: string): Promise<{ invitationId: string; leftAt: string }[]> {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .select('invitation.id as invitationId')
    .select((eb) => eb.ref('series.left_at').$notNull().as('leftAt'))
    .where('school_round.round_id', '=', roundId)
    .where('series.left_at', 'is not', null)
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.submitted_at', 'is', null)
    .execute();
}

export async function withdraw(db: Db, invitationId: string, at: string): Promise<void> {
  await db.updateTable('invitation').set({ withdrawn_at: at }).where('id', '=', invitationId).execute();
}

/** Takes back what was withdrawn at this very moment, in rounds that are open or may open once more. @returns the invitations' ids */
export async function restoreWithdrawn(db: Db, seriesId: string, at: string): Promise<string[]> {
  const rows = await db
    .updateTable('invitation')
    .set({ withdrawn_at: null })
    .where('withdrawn_at', '=', at)
    .where('school_round_id', 'in', (eb) =>
      eb
        .selectFrom('school_round')
        .innerJoin('round', 'round.id', 'school_round.round_id')
        .select('school_round.id')
        .where('school_round.series_id', '=', seriesId)
        .where(isUndecided(db)),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Keeps what is withdrawn of somebody, where it could come back, from coming back: its link went to an address that
 * ended. Of somebody who had no address only what was submitted and opened again: its link would be mailed.
 */
export async function keepWithdrawn(
  db: Db,
  { personId, before }: { personId: string; before: string | null },
  at: string,
): Promise<void> {
  const kept = db
    .updateTable('invitation')
    .set({ withdrawn_at: at })
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is not', null)
    .where('school_round_id', 'in', (eb) =>
      eb
        .selectFrom('school_round')
        .innerJoin('round', 'round.id', 'school_round.round_id')
        .select('school_round.id')
        .where(isUndecided(db)),
    );
  const reopened = db
    .selectFrom('audit_event')
    .select('object_id')
    .where('object_type', '=', 'invitation')
    .where('action', '=', 'response.reopened');
  await (before === null ? kept.where('id', 'in', reopened) : kept).execute();
}

export async function setToken(
  db: Db,
  invitationId: string,
  token: { generation: number; tokenHash: string },
): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ generation: token.generation, token_hash: token.tokenHash })
    .where('id', '=', invitationId)
    .execute();
}
