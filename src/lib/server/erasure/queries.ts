import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

/** The series that are about this IB'er. */
export function listSeriesAbout(
  db: Db,
  personId: string,
): Promise<{ id: string; cohortId: string; leftAt: string | null }[]> {
  return db
    .selectFrom('series')
    .select(['id', 'cohort_id as cohortId', 'left_at as leftAt'])
    .where('ratee_id', '=', personId)
    .execute();
}

/** Deletes what others wrote in forms about this IB'er; their scores stay. */
export async function deleteRemarksAbout(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('answer')
    .set({ comment: null })
    .where('comment', 'is not', null)
    .where('response_id', 'in', (eb) =>
      eb
        .selectFrom('response')
        .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
        .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
        .innerJoin('series', 'series.id', 'school_round.series_id')
        .select('response.id')
        .where('series.ratee_id', '=', personId),
    )
    .execute();
}

/** Deletes somebody's forms with all that is in them, and the invitations to them. @returns how many */
export async function deleteForms(db: Db, personId: string): Promise<number> {
  await db
    .deleteFrom('response')
    .where('invitation_id', 'in', (eb) =>
      eb.selectFrom('invitation').select('invitation.id').where('invitation.person_id', '=', personId),
    )
    .execute();
  const { numDeletedRows } = await db.deleteFrom('invitation').where('person_id', '=', personId).executeTakeFirst();
  return Number(numDeletedRows);
}

/**
 * Deletes mail to somebody, also what told an earlier address that it was replaced (rounds/membership-service.ts and
 * participants/person-service.ts have those keys). To be asked as long as the invitations are there, and once registrations
 * name them no more: what a registration of that address still has (registrations/mails.ts) is about another IB'er.
 */
export async function deleteMail(
  db: Db,
  { personId, userId, email }: { personId: string | null; userId: string | null; email: string | null },
): Promise<void> {
  if (userId !== null) await db.deleteFrom('mail').where('user_id', '=', userId).execute();
  if (email !== null) {
    await db
      .deleteFrom('mail')
      .where('address', '=', email)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('registration_entry')
              .select('registration_entry.id')
              .where('ib_email', '=', email)
              .where('mail.once_key', 'like', sql<string>`'registration:' || registration_entry.id || ':%'`),
          ),
        ),
      )
      .execute();
  }
  if (personId === null) return;
  await db.deleteFrom('mail').where('person_id', '=', personId).execute();
  await db
    .deleteFrom('mail')
    .where('template', '=', 'address_replaced')
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('once_key', 'like', `address_replaced:${personId}:%`),
        eb(
          'once_key',
          'in',
          selectFrom('invitation')
            .select(sql<string>`'address_replaced:' || invitation.id || ':1'`.as('key'))
            .where('invitation.person_id', '=', personId),
        ),
      ]),
    )
    .execute();
}

/** Deletes an account with its sessions, roles, password, second factor and sign-in links. */
export async function deleteAccount(db: Db, userId: string, email: string): Promise<void> {
  await db.deleteFrom('verification').where('value', 'like', `%"${email}"%`).execute();
  await db.deleteFrom('demonstration').where('kind', '=', 'user').where('object_id', '=', userId).execute();
  await db.deleteFrom('user').where('id', '=', userId).execute();
}

/**
 * Takes all that says who somebody was out of the row, and the row too where nothing hangs on it. The place in an own
 * series stays on record, for a series is about somebody; places in other teams go.
 */
export async function deletePerson(db: Db, personId: string, at: string): Promise<void> {
  await db.deleteFrom('report_confirmation').where('person_id', '=', personId).execute();
  await db.deleteFrom('reminder_stop').where('person_id', '=', personId).execute();
  await db
    .deleteFrom('team_member')
    .where('person_id', '=', personId)
    .where('series_id', 'not in', (eb) => eb.selectFrom('series').select('id').where('ratee_id', '=', personId))
    .execute();
  await db
    .updateTable('person')
    .set({ name: null, email: null, user_id: null, import_key: null, language: 'nl', erased_at: at })
    .where('id', '=', personId)
    .execute();
  await db
    .deleteFrom('person')
    .where('id', '=', personId)
    .where('id', 'not in', (eb) => eb.selectFrom('series').select('ratee_id'))
    .execute();
}

/** Whether an account is the only administrator that did not come with the demonstration. */
export async function isLastAdmin(db: Db, userId: string): Promise<boolean> {
  const admins = await db
    .selectFrom('role_grant')
    .select('user_id as userId')
    .where('role', '=', 'admin')
    .where('user_id', 'not in', (eb) => eb.selectFrom('demonstration').select('object_id').where('kind', '=', 'user'))
    .execute();
  return admins.length > 0 && admins.every((admin) => admin.userId === userId);
}

/**
 * Empties the database's write-ahead log into its file, so that pages from before the erasure do not lie on in it. Where
 * somebody reads just then it waits for the next time.
 */
export async function emptyLog(db: Db): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
