import { sql } from 'kysely';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import type { Db } from '#lib/server/db/open.ts';

/** Everybody who is tied to a cohort, and to which: IB'ers, teams, and who was ever asked. */
function ties(db: Db) {
  return db
    .selectFrom('series')
    .select(['series.ratee_id as personId', 'series.cohort_id as cohortId'])
    .union(
      db
        .selectFrom('team_member')
        .innerJoin('series', 'series.id', 'team_member.series_id')
        .select(['team_member.person_id as personId', 'series.cohort_id as cohortId']),
    )
    .union(
      db
        .selectFrom('invitation')
        .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
        .innerJoin('round', 'round.id', 'school_round.round_id')
        .select(['invitation.person_id as personId', 'round.cohort_id as cohortId']),
    );
}

/** The people of a cohort who take part in no cohort that is kept still: of them nothing need be known any more. */
export async function listForgotten(db: Db, cohortId: string): Promise<string[]> {
  const rows = await db
    .with('tie', () => ties(db))
    .selectFrom('tie')
    .select('tie.personId')
    .where('tie.cohortId', '=', cohortId)
    .where('tie.personId', 'not in', (eb) =>
      eb
        .selectFrom('tie as other')
        .leftJoin('retention_cohort', 'retention_cohort.cohort_id', 'other.cohortId')
        .select('other.personId')
        .where('retention_cohort.cleared_on', 'is', null),
    )
    .distinct()
    .execute();
  return rows.map(({ personId }) => personId);
}

/** So many ids in a statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

/**
 * Takes names and addresses of these people away, the mail to them, and their accounts as far as those have no role of
 * their own. Their rows stay: what was measured hangs on them.
 */
export async function forgetPeople(db: Db, people: readonly string[]): Promise<void> {
  for (let from = 0; from < people.length; from += CHUNK) {
    const ids = people.slice(from, from + CHUNK);
    await db.deleteFrom('mail').where('person_id', 'in', ids).execute();
    await db
      .deleteFrom('user')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('person')
          .select('person.user_id')
          .where('person.id', 'in', ids)
          .where('person.user_id', 'is not', null)
          .$narrowType<{ user_id: string }>(),
      )
      .where('id', 'not in', (eb) => eb.selectFrom('role_grant').select('role_grant.user_id'))
      .execute();
    await db
      .updateTable('person')
      .set({ name: null, email: null, user_id: null, import_key: null })
      .where('id', 'in', ids)
      .execute();
  }
}

function invitationsOf(db: Db, cohortId: string) {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .where('round.cohort_id', '=', cohortId);
}

function responsesOf(db: Db, cohortId: string) {
  return invitationsOf(db, cohortId)
    .innerJoin('response', 'response.invitation_id', 'invitation.id')
    .select('response.id');
}

/** What was filled in and never submitted: no figure is made of it. */
export async function deleteUnsent(db: Db, cohortId: string): Promise<void> {
  const unsent = responsesOf(db, cohortId).where('response.status', '=', 'started');
  await db.deleteFrom('answer').where('response_id', 'in', unsent).execute();
  await db.deleteFrom('scale_answer').where('response_id', 'in', unsent).execute();
}

/** Every single answer and that it was given; snapshots and sums were made of them and stay. */
export async function deleteAnswers(db: Db, cohortId: string): Promise<void> {
  await db.deleteFrom('response').where('id', 'in', responsesOf(db, cohortId)).execute();
}

/** What raters wrote in their own words. */
export async function deleteRemarks(db: Db, cohortId: string): Promise<void> {
  await db
    .updateTable('answer')
    .set({ comment: null })
    .where('response_id', 'in', responsesOf(db, cohortId))
    .where('comment', 'is not', null)
    .execute();
  await db
    .updateTable('scale_answer')
    .set({ notes: '[]' })
    .where('response_id', 'in', responsesOf(db, cohortId))
    .execute();
}

/** The same in the snapshots; every figure stays as it is. */
export async function deleteShownRemarks(db: Db, cohortId: string): Promise<void> {
  const rows = await db
    .selectFrom('snapshot')
    .innerJoin('school_round', 'school_round.id', 'snapshot.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select(['snapshot.school_round_id as id', 'snapshot.document'])
    .where('round.cohort_id', '=', cohortId)
    .execute();
  for (const { id, document } of rows) {
    const snapshot = JSON.parse(document) as Snapshot; // written by take-snapshots.ts
    const without: Snapshot = { ...snapshot, remarks: [] };
    await db
      .updateTable('snapshot')
      .set({ document: JSON.stringify(without) })
      .where('school_round_id', '=', id)
      .execute();
  }
}

/** What trainers noted for a session: free words, in which somebody may be named. */
export async function deleteSessionNotes(db: Db, cohortId: string): Promise<void> {
  await db
    .deleteFrom('next_session_note')
    .where('round_id', 'in', (eb) => eb.selectFrom('round').select('round.id').where('round.cohort_id', '=', cohortId))
    .execute();
}

/** Why trainers proposed other wordings, and who: the statements themselves are about nobody, and stay. */
export async function deleteProposalReasons(db: Db, cohortId: string): Promise<void> {
  await db
    .updateTable('wording_proposal')
    // Another version: a page that is open still has the reason, and would bring it back.
    .set((eb) => ({ reason: '', author_user_id: null, revision: eb('revision', '+', 1) }))
    .where('round_id', 'in', (eb) => eb.selectFrom('round').select('round.id').where('round.cohort_id', '=', cohortId))
    .execute();
}

/** What a steering group noted on a programme, free words too, once none of its cohorts is kept any more. */
export async function deleteProgrammeNotes(db: Db, cohortId: string): Promise<void> {
  await db
    .deleteFrom('programme_note')
    .where('programme_id', 'in', (eb) =>
      eb
        .selectFrom('cohort')
        .select('cohort.programme_id')
        .where('cohort.id', '=', cohortId)
        .where('cohort.programme_id', 'is not', null)
        .$narrowType<{ programme_id: string }>(),
    )
    .where('programme_id', 'not in', (eb) =>
      eb
        .selectFrom('cohort as kept')
        .leftJoin('retention_cohort', 'retention_cohort.cohort_id', 'kept.id')
        .select('kept.programme_id')
        .where('retention_cohort.cleared_on', 'is', null)
        .where('kept.id', '!=', cohortId)
        .where('kept.programme_id', 'is not', null)
        .$narrowType<{ programme_id: string }>(),
    )
    .execute();
}

/** Ends the personal links and the sessions of raters: nobody reads the own answers any more. */
export async function endLinks(db: Db, cohortId: string): Promise<void> {
  await db.deleteFrom('rater_session').where('response_id', 'in', responsesOf(db, cohortId)).execute();
  await db
    .updateTable('invitation')
    .set((eb) => ({ generation: eb('generation', '+', 1), token_hash: sql<string>`'ended:' || id` }))
    .where('id', 'in', invitationsOf(db, cohortId).select('invitation.id'))
    .execute();
}

/** Mail of its rounds, which says who was asked when, and what announced that it would go. */
export async function deleteMail(db: Db, cohortId: string, announcements: string): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('round_id', 'in', (eb) => eb.selectFrom('round').select('round.id').where('round.cohort_id', '=', cohortId))
    .execute();
  await db.deleteFrom('mail').where('once_key', 'like', `${announcements}%`).execute();
  await db
    .deleteFrom('reminder_stop')
    .where('round_id', 'in', (eb) => eb.selectFrom('round').select('id').where('cohort_id', '=', cohortId))
    .execute();
}
