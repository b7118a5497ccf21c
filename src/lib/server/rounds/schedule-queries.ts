import type { Db } from '#lib/server/db/open.ts';

/** What the schedule has to look at. */

/** Planned rounds whose day of opening has come; imported ones are never planned. */
export function listToOpen(db: Db, today: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'planned').where('opens_on', '<=', today).execute();
}

/** Open rounds whose day of closing is over. */
export function listToClose(db: Db, today: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'open').where('closes_on', '<', today).execute();
}

/** Open rounds that close on one of the days until `last`. */
export function listClosingSoon(db: Db, last: string): Promise<{ id: string }[]> {
  return db.selectFrom('round').select('id').where('status', '=', 'open').where('closes_on', '<=', last).execute();
}

/** Somebody with an address who has not submitted in a round that reminds by the schedule. */
export type OpenRater = {
  roundId: string;
  personId: string;
  closesOn: string | null;
  invitedAt: string;
  remindedAt: string | null;
};

/** Once a person and round, however many forms are open; nobody of an invented cohort. */
export function listOpenRaters(db: Db): Promise<OpenRater[]> {
  return db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('response', 'response.invitation_id', 'invitation.id')
    .leftJoin('demonstration', (join) =>
      join.on('demonstration.kind', '=', 'cohort').onRef('demonstration.object_id', '=', 'round.cohort_id'),
    )
    .select((eb) => [
      'round.id as roundId',
      'person.id as personId',
      'round.closes_on as closesOn',
      eb.fn.min<string>('invitation.created_at').as('invitedAt'),
      eb
        .selectFrom('mail')
        .select((mail) => mail.fn.max('mail.created_at').as('at'))
        .whereRef('mail.person_id', '=', 'person.id')
        .where('mail.template', '=', 'reminder')
        .where('mail.status', 'in', ['waiting', 'sent'])
        .as('remindedAt'),
    ])
    .where('round.status', '=', 'open')
    .where('round.reminds', '=', 1)
    .where('demonstration.object_id', 'is', null)
    .where('invitation.withdrawn_at', 'is', null)
    .where('person.email', 'is not', null)
    .where((eb) => eb.or([eb('response.status', 'is', null), eb('response.status', '=', 'started')]))
    .groupBy(['round.id', 'person.id', 'round.closes_on'])
    .execute();
}
