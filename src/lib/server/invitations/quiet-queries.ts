import type { Db } from '#lib/server/db/open.ts';

/** The person and round of an invitation, which the choice is kept by. */
function ofInvitation(db: Db, invitationId: string) {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .where('invitation.id', '=', invitationId);
}

export async function isQuiet(db: Db, invitationId: string): Promise<boolean> {
  const row = await ofInvitation(db, invitationId)
    .innerJoin('reminder_stop', (join) =>
      join
        .onRef('reminder_stop.round_id', '=', 'school_round.round_id')
        .onRef('reminder_stop.person_id', '=', 'invitation.person_id'),
    )
    .select('reminder_stop.person_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function hasAddress(db: Db, invitationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select('person.email')
    .where('invitation.id', '=', invitationId)
    .executeTakeFirst();
  return row !== undefined && row.email !== null;
}

export async function insertQuiet(db: Db, invitationId: string, now: string): Promise<void> {
  await db
    .insertInto('reminder_stop')
    .columns(['round_id', 'person_id', 'stopped_at'])
    .expression(
      ofInvitation(db, invitationId).select((eb) => [
        'school_round.round_id',
        'invitation.person_id',
        eb.val(now).as('stopped_at'),
      ]),
    )
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doNothing())
    .execute();
}

export async function deleteQuiet(db: Db, invitationId: string): Promise<void> {
  const { roundId, personId } = await ofInvitation(db, invitationId)
    .select(['school_round.round_id as roundId', 'invitation.person_id as personId'])
    .executeTakeFirstOrThrow();
  await db.deleteFrom('reminder_stop').where('round_id', '=', roundId).where('person_id', '=', personId).execute();
}
