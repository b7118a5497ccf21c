import type { Db } from '#lib/server/db/open.ts';
import type { RoundDates } from '#lib/server/rounds/service.ts';
import { precompiled } from '#lib/server/db/precompile.ts';

/** Writing what the services write one answer at a time, in bulk and in the past. */

export type NewResponse = {
  publicId: string;
  invitationId: string;
  instrumentVersionId: string;
  consent: 0 | 1 | null;
  pageSeed: number;
  startedAt: string;
  submittedAt: string | null;
};

/** @returns the response's key in the database */
export async function insertResponse(db: Db, response: NewResponse): Promise<number> {
  const { id } = await db
    .insertInto('response')
    .values({
      public_id: response.publicId,
      invitation_id: response.invitationId,
      instrument_version_id: response.instrumentVersionId,
      consent: response.consent,
      page_seed: response.pageSeed,
      status: response.submittedAt === null ? 'started' : 'submitted',
      started_at: response.startedAt,
      submitted_at: response.submittedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type NewAnswer = {
  responseId: number;
  aspectId: number;
  score: number | null;
  cannotJudge: 0 | 1;
  reason: 'not_seen' | 'unclear' | null;
  unclear: 0 | 1;
  comment: string | null;
  changedAt: number;
};

const answer = precompiled<NewAnswer, unknown>((db, value) =>
  db.insertInto('answer').values({
    response_id: value('responseId'),
    aspect_id: value('aspectId'),
    score: value('score'),
    cannot_judge: value('cannotJudge'),
    reason: value('reason'),
    unclear: value('unclear'),
    comment: value('comment'),
    changed_at: value('changedAt'),
  }),
);

/** Precompiled: there are tens of thousands. */
export async function insertAnswer(db: Db, row: NewAnswer): Promise<void> {
  await answer(db, row);
}

export async function insertScale(
  db: Db,
  row: {
    responseId: number;
    competencyId: number;
    moment: 'now' | 'then';
    value: number;
    notes: string;
    changedAt: number;
  },
): Promise<void> {
  await db
    .insertInto('scale_answer')
    .values({
      response_id: row.responseId,
      competency_id: row.competencyId,
      moment: row.moment,
      value: row.value,
      notes: row.notes,
      changed_at: row.changedAt,
    })
    .execute();
}

export async function backdateCohort(db: Db, cohortId: string, at: string): Promise<void> {
  await db.updateTable('cohort').set({ created_at: at }).where('id', '=', cohortId).execute();
}

/** Puts the series with their schools and teams at the moment at which they joined. */
export async function backdateSeries(db: Db, seriesIds: readonly string[], at: string): Promise<void> {
  if (seriesIds.length === 0) return;
  await db.updateTable('series').set({ created_at: at }).where('id', 'in', seriesIds).execute();
  await db.updateTable('team_member').set({ joined_at: at }).where('series_id', 'in', seriesIds).execute();
  await db
    .updateTable('school')
    .set({ created_at: at })
    .where('id', 'in', (eb) => eb.selectFrom('series').select('school_id').where('id', 'in', seriesIds))
    .execute();
  await db
    .updateTable('person')
    .set({ created_at: at })
    .where('id', 'in', (eb) => eb.selectFrom('team_member').select('person_id').where('series_id', 'in', seriesIds))
    .execute();
}

/** Puts a change of director at the moment at which it was. */
export async function backdateChange(db: Db, seriesId: string, personId: string, at: string): Promise<void> {
  await db
    .updateTable('team_member')
    .set({ left_at: at })
    .where('series_id', '=', seriesId)
    .where('left_at', 'is not', null)
    .execute();
  await db
    .updateTable('team_member')
    .set({ joined_at: at })
    .where('series_id', '=', seriesId)
    .where('person_id', '=', personId)
    .execute();
  await db.updateTable('person').set({ created_at: at }).where('id', '=', personId).execute();
}

/** Puts a round with all that was made for it at the moments of the plan. */
export async function backdateRound(
  db: Db,
  roundId: string,
  times: { openedAt: string; closedAt: string | null; releasedAt: string | null } & RoundDates,
): Promise<void> {
  const { openedAt, closedAt, releasedAt, opensOn, closesOn } = times;
  await db
    .updateTable('round')
    .set({ created_at: openedAt, opened_at: openedAt, closed_at: closedAt, opens_on: opensOn, closes_on: closesOn })
    .where('id', '=', roundId)
    .execute();
  await db.updateTable('school_round').set({ created_at: openedAt }).where('round_id', '=', roundId).execute();
  await db
    .updateTable('invitation')
    .set({ created_at: openedAt })
    .where('school_round_id', 'in', (eb) => eb.selectFrom('school_round').select('id').where('round_id', '=', roundId))
    .execute();
  if (closedAt === null) return;
  await db
    .updateTable('school_round')
    .set({ released_at: releasedAt })
    .where('round_id', '=', roundId)
    .where('released_at', 'is not', null)
    .execute();
  await db.updateTable('round_snapshot').set({ created_at: closedAt }).where('round_id', '=', roundId).execute();
  await db
    .updateTable('snapshot')
    .set({ created_at: closedAt })
    .where('school_round_id', 'in', (eb) => eb.selectFrom('school_round').select('id').where('round_id', '=', roundId))
    .execute();
}
