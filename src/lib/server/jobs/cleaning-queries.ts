import type { DeleteResult } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

/** Sessions of raters and of accounts. @returns how many */
export async function deleteEndedSessions(db: Db, now: string): Promise<number> {
  const raters = await db.deleteFrom('rater_session').where('expires_at', '<', now).executeTakeFirst();
  const accounts = await db.deleteFrom('session').where('expires_at', '<', now).executeTakeFirst();
  const questions = await db.deleteFrom('usefulness_entry').where('expires_at', '<', now).executeTakeFirst();
  return countOf(raters) + countOf(accounts) + countOf(questions);
}

/** One-time tokens, and counts of attempts whose time is over. @returns how many */
export async function deleteEndedTokens(db: Db, now: string): Promise<number> {
  const tokens = await db.deleteFrom('verification').where('expires_at', '<', now).executeTakeFirst();
  const attempts = await db.deleteFrom('attempt').where('resets_at', '<', now).executeTakeFirst();
  return countOf(tokens) + countOf(attempts);
}

export async function deleteMailOfNoRound(db: Db, before: string): Promise<number> {
  const deleted = await db
    .deleteFrom('mail')
    .where('template', 'in', [
      'sign_in',
      'test',
      'address_replaced',
      'account_added',
      'account_changed',
      'registration',
    ])
    .where('status', '!=', 'waiting')
    .where('created_at', '<', before)
    .executeTakeFirst();
  return countOf(deleted);
}

/**
 * Answers that were never submitted, of rounds that cannot open again: nothing was made of them and nothing ever will be.
 * That somebody was asked and began stays. @returns of how many forms
 */
export async function deleteUnsent(db: Db): Promise<number> {
  const forms = await db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('response.id')
    .where('response.status', '=', 'started')
    .where('round.status', '=', 'closed')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('school_round as other')
          .select('other.id')
          .whereRef('other.round_id', '=', 'round.id')
          .where('other.released_at', 'is not', null),
      ),
    )
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(selectFrom('answer').select('aspect_id').whereRef('answer.response_id', '=', 'response.id')),
        exists(selectFrom('scale_answer').select('moment').whereRef('scale_answer.response_id', '=', 'response.id')),
      ]),
    )
    .execute();
  for (const { id } of forms) await deleteGiven(db, id);
  return forms.length;
}

async function deleteGiven(db: Db, responseId: number): Promise<void> {
  await db.deleteFrom('answer').where('response_id', '=', responseId).execute();
  await db.deleteFrom('scale_answer').where('response_id', '=', responseId).execute();
}

export async function deleteRuns(db: Db, doneBefore: string, failedBefore: string): Promise<number> {
  const deleted = await db
    .deleteFrom('job_run')
    .where((eb) =>
      eb.or([
        eb.and([eb('outcome', '=', 'done'), eb('started_at', '<', doneBefore)]),
        eb('started_at', '<', failedBefore),
      ]),
    )
    .executeTakeFirst();
  return countOf(deleted);
}

function countOf({ numDeletedRows }: DeleteResult): number {
  return Number(numDeletedRows);
}
