import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';

export type ResponseRow = {
  responseId: number;
  roundId: string;
  instrumentVersionId: string;
  schoolRoundId: string;
  seriesId: string;
  mode: Mode;
  role: Role;
  consent: number | null;
  roundName: string;
  schoolName: string;
  brin: string | null;
};

/** The submitted forms of a cohort's closed rounds. */
export function listResponses(db: Db, cohortId: string): Promise<ResponseRow[]> {
  return db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .select([
      'response.id as responseId',
      'round.id as roundId',
      'response.instrument_version_id as instrumentVersionId',
      'school_round.id as schoolRoundId',
      'series.id as seriesId',
      'school_round.mode',
      'invitation.role',
      'response.consent',
      'round.name as roundName',
      'school.name as schoolName',
      'school.brin',
    ])
    .where('round.cohort_id', '=', cohortId)
    .where('round.status', '=', 'closed')
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.status', '=', 'submitted')
    .execute();
}

export type AnswerRow = {
  aspectId: number;
  score: number | null;
  cannotJudge: number;
  reason: 'not_seen' | 'unclear' | null;
  unclear: number;
  comment: string | null;
};

/** The answers of some forms; a few hundred at a time. */
export function listAnswers(db: Db, responseIds: readonly number[]): Promise<(AnswerRow & { responseId: number })[]> {
  return db
    .selectFrom('answer')
    .select([
      'response_id as responseId',
      'aspect_id as aspectId',
      'score',
      'cannot_judge as cannotJudge',
      'reason',
      'unclear',
      'comment',
    ])
    .where('response_id', 'in', responseIds)
    .execute();
}
