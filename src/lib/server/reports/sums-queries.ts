import type { SqlBool } from 'kysely';
import type { View } from '#lib/analysis/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { isPulse } from '#lib/server/instruments/asked-service.ts';
import { wasEverReleased } from '#lib/server/rounds/progress-service.ts';

/** A closed round and its cohort, by name. */
export type ClosedNameRow = {
  id: string;
  cohortId: string;
  cohortName: string;
  number: number;
  name: string;
  closedAt: string | null;
  instrumentVersionId: string;
  isPulse: SqlBool;
  wasReleased: SqlBool;
};

/** With what was stored of it as a whole. `sums` is null where it closed before there were sums. */
export type ClosedRoundRow = ClosedNameRow & { trainerSeesSchools: number; document: string; sums: string | null };

function closedNames(db: Db) {
  return db
    .selectFrom('round_snapshot')
    .innerJoin('round', 'round.id', 'round_snapshot.round_id')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select((eb) => [
      'round.id',
      'round.cohort_id as cohortId',
      'cohort.name as cohortName',
      'round.number',
      'round.name',
      'round.closed_at as closedAt',
      'round.instrument_version_id as instrumentVersionId',
      isPulse(db)(eb).as('isPulse'),
      wasEverReleased(db)(eb).as('wasReleased'),
    ])
    .where('round.status', '=', 'closed');
}

function closedRounds(db: Db) {
  return closedNames(db).select([
    'cohort.trainer_sees_schools as trainerSeesSchools',
    'round_snapshot.document',
    'round_snapshot.sums',
  ]);
}

export async function cohortOfRound(db: Db, roundId: string): Promise<string | undefined> {
  const row = await db.selectFrom('round').select('cohort_id as cohortId').where('id', '=', roundId).executeTakeFirst();
  return row?.cohortId;
}

/** At how many different schools of a round this person was asked, or is the IB'er whom it is about. */
export async function countSchoolsOf(db: Db, roundId: string, personId: string): Promise<number> {
  const { count } = await db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .leftJoin('invitation', (join) =>
      join
        .onRef('invitation.school_round_id', '=', 'school_round.id')
        .on('invitation.person_id', '=', personId)
        .on('invitation.withdrawn_at', 'is', null),
    )
    .select((eb) => eb.fn.count<number>('series.school_id').distinct().as('count'))
    .where('school_round.round_id', '=', roundId)
    .where((eb) => eb.or([eb('series.ratee_id', '=', personId), eb('invitation.id', 'is not', null)]))
    .executeTakeFirstOrThrow();
  return count;
}

export function findClosed(db: Db, roundId: string): Promise<ClosedRoundRow | undefined> {
  return closedRounds(db).where('round.id', '=', roundId).executeTakeFirst();
}

/** The closed rounds of these cohorts, by cohort and oldest first. */
export function listClosedNames(db: Db, cohortIds: readonly string[]): Promise<ClosedNameRow[]> {
  if (cohortIds.length === 0) return Promise.resolve([]);
  return closedNames(db)
    .where('round.cohort_id', 'in', cohortIds)
    .orderBy('cohort.name')
    .orderBy('round.number')
    .execute();
}

/** The closed rounds of a cohort with what was stored, oldest first. */
export function listClosed(db: Db, cohortId: string): Promise<ClosedRoundRow[]> {
  return closedRounds(db).where('round.cohort_id', '=', cohortId).orderBy('round.number').execute();
}

/** Closed rounds without sums, oldest first in each cohort. */
export function listUnsummed(db: Db): Promise<ClosedRoundRow[]> {
  return closedRounds(db)
    .where('round_snapshot.sums', 'is', null)
    .orderBy('round.cohort_id')
    .orderBy('round.number')
    .execute();
}

export async function setSums(db: Db, roundId: string, sums: string): Promise<void> {
  await db.updateTable('round_snapshot').set({ sums }).where('round_id', '=', roundId).execute();
}

export async function putChange(db: Db, change: { from: string; to: string; document: string }): Promise<void> {
  await db
    .insertInto('round_change')
    .values({ from_round_id: change.from, to_round_id: change.to, document: change.document })
    .onConflict((conflict) =>
      conflict
        .columns(['from_round_id', 'to_round_id'])
        .doUpdateSet((eb) => ({ document: eb.ref('excluded.document') })),
    )
    .execute();
}

export async function findChange(db: Db, from: string, to: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('round_change')
    .select('document')
    .where('from_round_id', '=', from)
    .where('to_round_id', '=', to)
    .executeTakeFirst();
  return row?.document;
}

/** The documents of the changes among these rounds. */
export async function listChangesAmong(db: Db, roundIds: readonly string[]): Promise<string[]> {
  if (roundIds.length === 0) return [];
  const rows = await db
    .selectFrom('round_change')
    .select('document')
    .where('from_round_id', 'in', roundIds)
    .where('to_round_id', 'in', roundIds)
    .execute();
  return rows.map(({ document }) => document);
}

/** Removes every change from or to this round. */
export async function deleteChanges(db: Db, roundId: string): Promise<void> {
  await db.deleteFrom('round_change').where('from_round_id', '=', roundId).execute();
  await db.deleteFrom('round_change').where('to_round_id', '=', roundId).execute();
}

/** Notes that a view which is in the sums is withheld from now on, and by whom; null: nobody knows. Twice is harmless. */
export async function insertGone(db: Db, schoolRoundId: string, view: View, person: string | null): Promise<void> {
  await db
    .insertInto('view_gone')
    .values({ school_round_id: schoolRoundId, view, person })
    .onConflict((conflict) => conflict.columns(['school_round_id', 'view']).doNothing())
    .execute();
}

/** The views of a cohort's school rounds that are in sums but withheld since. */
export function listGone(
  db: Db,
  cohortId: string,
): Promise<{ schoolRoundId: string; view: View; person: string | null }[]> {
  return db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('view_gone', 'view_gone.school_round_id', 'school_round.id')
    .select(['school_round.id as schoolRoundId', 'view_gone.view', 'view_gone.person'])
    .where('round.cohort_id', '=', cohortId)
    .execute();
}

/** Forgets what is gone from a round's sums, because the sums are made anew or go. */
export async function deleteGone(db: Db, roundId: string): Promise<void> {
  await db
    .deleteFrom('view_gone')
    .where('school_round_id', 'in', (eb) =>
      eb.selectFrom('school_round').select('school_round.id').where('school_round.round_id', '=', roundId),
    )
    .execute();
}

/**
 * What the IB'ers answered to the scale questions in two rounds of a cohort, in forms that count, as far as the earlier
 * round is their first: the look-back is on that one (measurement.md §7).
 */
export function listLookBack(
  db: Db,
  earlier: Pick<ClosedNameRow, 'id' | 'number'>,
  later: Pick<ClosedNameRow, 'id'>,
): Promise<{ schoolRoundId: string; competency: string; moment: 'now' | 'then'; value: number }[]> {
  const answered = db
    .selectFrom('scale_answer')
    .innerJoin('response', 'response.id', 'scale_answer.response_id')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .where('invitation.role', '=', 'ib')
    .where('invitation.withdrawn_at', 'is', null)
    .where('response.status', '=', 'submitted');
  return answered
    .innerJoin('competency', 'competency.id', 'scale_answer.competency_id')
    .select(['school_round.id as schoolRoundId', 'competency.code as competency', 'scale_answer.moment'])
    .select('scale_answer.value')
    .where('school_round.round_id', 'in', [earlier.id, later.id])
    .where('scale_answer.value', 'is not', null)
    .$narrowType<{ value: number }>()
    .where('school_round.series_id', 'not in', (eb) =>
      eb
        .selectFrom('school_round as before')
        .innerJoin('round as earlier_round', 'earlier_round.id', 'before.round_id')
        .innerJoin('invitation as asked', 'asked.school_round_id', 'before.id')
        .innerJoin('response as given', 'given.invitation_id', 'asked.id')
        .innerJoin('scale_answer as first', 'first.response_id', 'given.id')
        .select('before.series_id')
        .where('asked.role', '=', 'ib')
        .where('asked.withdrawn_at', 'is', null)
        .where('given.status', '=', 'submitted')
        .where('first.value', 'is not', null)
        .where('earlier_round.number', '<', earlier.number)
        .where((inner) =>
          inner('earlier_round.cohort_id', '=', (of) =>
            of.selectFrom('round').select('round.cohort_id').where('round.id', '=', earlier.id),
          ),
        ),
    )
    .execute();
}
