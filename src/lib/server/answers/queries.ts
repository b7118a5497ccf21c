import type { Db } from '#lib/server/db/open.ts';
import { precompiled } from '#lib/server/db/precompile.ts';

/** One aspect as stored: numbers and flags as SQLite keeps them. */
export type AnswerRow = {
  aspectId: number;
  score: number | null;
  cannotJudge: number;
  reason: 'not_seen' | 'unclear' | null;
  unclear: number;
  comment: string | null;
  changedAt: number;
};

const columns = [
  'aspect_id as aspectId',
  'score',
  'cannot_judge as cannotJudge',
  'reason',
  'unclear',
  'comment',
  'changed_at as changedAt',
] as const;

export function loadAnswers(db: Db, responseId: number): Promise<AnswerRow[]> {
  return db.selectFrom('answer').select(columns).where('response_id', '=', responseId).execute();
}

export function loadAnswer(db: Db, responseId: number, aspectId: number): Promise<AnswerRow | undefined> {
  return db
    .selectFrom('answer')
    .select(columns)
    .where('response_id', '=', responseId)
    .where('aspect_id', '=', aspectId)
    .executeTakeFirst();
}

/** Precompiled: every save runs it. */
const guardedUpsert = precompiled<AnswerRow & { responseId: number }, AnswerRow>((db, value) =>
  db
    .insertInto('answer')
    .columns(['response_id', 'aspect_id', 'score', 'cannot_judge', 'reason', 'unclear', 'comment', 'changed_at'])
    .expression((eb) =>
      eb
        .selectFrom('response')
        .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
        .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
        .innerJoin('round', 'round.id', 'school_round.round_id')
        .select((row) => [
          'response.id as response_id',
          row.val(value('aspectId')).as('aspect_id'),
          row.val(value('score')).as('score'),
          row.val(value('cannotJudge')).as('cannot_judge'),
          row.val(value('reason')).as('reason'),
          row.val(value('unclear')).as('unclear'),
          row.val(value('comment')).as('comment'),
          row.val(value('changedAt')).as('changed_at'),
        ])
        .where('response.id', '=', value('responseId'))
        .where('response.status', '=', 'started')
        .where('round.status', '=', 'open')
        .where('invitation.withdrawn_at', 'is', null),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['response_id', 'aspect_id'])
        .doUpdateSet((eb) => ({
          score: eb.ref('excluded.score'),
          cannot_judge: eb.ref('excluded.cannot_judge'),
          reason: eb.ref('excluded.reason'),
          unclear: eb.ref('excluded.unclear'),
          comment: eb.ref('excluded.comment'),
          changed_at: eb.ref('excluded.changed_at'),
        }))
        .whereRef('excluded.changed_at', '>=', 'answer.changed_at'),
    )
    .returning(columns),
);

/**
 * Stores an answer unless a newer one is there, or the form was submitted or its round closed in the meantime: all in
 * one statement, so that nothing can come between.
 * @returns the stored row; undefined when nothing was stored
 */
export async function upsertAnswer(db: Db, responseId: number, answer: AnswerRow): Promise<AnswerRow | undefined> {
  const [stored] = await guardedUpsert(db, { ...answer, responseId });
  return stored;
}

/** A scale answer as stored; `notes` is a JSON list with one text per follow-up question. */
export type ScaleRow = {
  competencyId: number;
  moment: 'now' | 'then';
  value: number | null;
  notes: string;
  changedAt: number;
};

const scaleColumns = ['competency_id as competencyId', 'moment', 'value', 'notes', 'changed_at as changedAt'] as const;

export function loadScales(db: Db, responseId: number): Promise<ScaleRow[]> {
  return db.selectFrom('scale_answer').select(scaleColumns).where('response_id', '=', responseId).execute();
}

/**
 * Stores a scale answer unless a newer one is there.
 * @returns the row that is stored now
 */
export async function upsertScale(db: Db, responseId: number, scale: ScaleRow): Promise<ScaleRow> {
  const stored = await db
    .insertInto('scale_answer')
    .values({
      response_id: responseId,
      competency_id: scale.competencyId,
      moment: scale.moment,
      value: scale.value,
      notes: scale.notes,
      changed_at: scale.changedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['response_id', 'competency_id', 'moment'])
        .doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          notes: eb.ref('excluded.notes'),
          changed_at: eb.ref('excluded.changed_at'),
        }))
        .whereRef('excluded.changed_at', '>=', 'scale_answer.changed_at'),
    )
    .returning(scaleColumns)
    .executeTakeFirst();
  if (stored) return stored;
  return db
    .selectFrom('scale_answer')
    .select(scaleColumns)
    .where('response_id', '=', responseId)
    .where('competency_id', '=', scale.competencyId)
    .where('moment', '=', scale.moment)
    .executeTakeFirstOrThrow();
}

/** Whether the IB'er has answered a look-back question of this form. */
export async function hasLookedBack(db: Db, responseId: number): Promise<boolean> {
  const row = await db
    .selectFrom('scale_answer')
    .select('competency_id')
    .where('response_id', '=', responseId)
    .where('moment', '=', 'then')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
