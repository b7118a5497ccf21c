import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';

/** The cohort of a round, for the right to see its mail. */
export async function cohortOfRound(db: Db, roundId: string): Promise<string | undefined> {
  const row = await db.selectFrom('round').select('cohort_id').where('id', '=', roundId).executeTakeFirst();
  return row?.cohort_id;
}

export type RoundMailRow = {
  id: string;
  personId: string;
  template: Mail['template'];
  status: Mail['status'];
  at: string;
  fault: string | null;
  /** 1 for the last mail to this person. */
  place: number;
};

/** Of each person of a round the last mail, and every invitation: one statement, some rows a person. */
export function listRoundMail(db: Db, roundId: string): Promise<RoundMailRow[]> {
  return db
    .selectFrom((inner) =>
      inner
        .selectFrom('mail')
        .select((eb) => [
          'id',
          'person_id as personId',
          'template',
          'status',
          eb.fn.coalesce('sent_at', 'due_at').as('at'),
          'fault',
          eb.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('person_id').orderBy('created_at', 'desc').orderBy('id', 'desc'))
            .as('place'),
        ])
        .where('round_id', '=', roundId)
        .where('person_id', 'is not', null)
        .as('placed'),
    )
    .selectAll()
    .$narrowType<{ personId: string }>()
    .where((eb) => eb.or([eb('place', '=', 1), eb('template', '=', 'invitation')]))
    .execute();
}

export type MailToRetry = { id: string; cohortId: string | null };

/** A mail with the cohort of its round; the cohort is null for mail of no round. */
export function findMail(db: Db, id: string): Promise<MailToRetry | undefined> {
  return db
    .selectFrom('mail')
    .leftJoin('round', 'round.id', 'mail.round_id')
    .select(['mail.id', 'round.cohort_id as cohortId'])
    .where('mail.id', '=', id)
    .executeTakeFirst();
}

/** Lets a mail that failed wait again, as new. @returns whether it had failed */
export async function retryFailed(db: Db, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mail')
    .set({ status: 'waiting', attempts: 0, due_at: at, claimed_until: null, fault: null })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
