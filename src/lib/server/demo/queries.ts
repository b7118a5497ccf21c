import type { Db } from '#lib/server/db/open.ts';
import type { Demonstration } from '#lib/server/db/schema.ts';

export type Kind = Demonstration['kind'];

/**
 * Takes the right to write at the start of a long transaction: one that reads first and writes later fails when somebody
 * else has written in between. Whoever comes second waits here, and then finds what the first one made.
 */
export async function lockForWriting(trx: Db): Promise<void> {
  await trx.deleteFrom('demonstration').where('object_id', '=', '').execute();
}

export async function mark(db: Db, kind: Kind, objectId: string): Promise<void> {
  await db.insertInto('demonstration').values({ kind, object_id: objectId }).execute();
}

export async function isLoaded(db: Db): Promise<boolean> {
  const row = await db.selectFrom('demonstration').select('object_id').limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function listMarked(db: Db, kind: Kind): Promise<string[]> {
  const rows = await db.selectFrom('demonstration').select('object_id as id').where('kind', '=', kind).execute();
  return rows.map(({ id }) => id);
}

export async function isMarked(db: Db, kind: Kind, objectId: string): Promise<boolean> {
  const row = await db
    .selectFrom('demonstration')
    .select('object_id')
    .where('kind', '=', kind)
    .where('object_id', '=', objectId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether there is anything that people made: cohorts, schools, people. Accounts and lists are no reason to stop. */
export async function hasData(db: Db): Promise<boolean> {
  for (const table of ['partnership', 'programme', 'cohort', 'school', 'person'] as const) {
    if (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) return true;
  }
  return false;
}

/** The accounts among these addresses. */
export async function usersByEmail(db: Db, emails: readonly string[]): Promise<{ id: string; email: string }[]> {
  return db.selectFrom('user').select(['id', 'email']).where('email', 'in', emails).execute();
}

export async function partnershipOf(db: Db, programmeId: string): Promise<string> {
  const row = await db
    .selectFrom('programme')
    .select('partnership_id as id')
    .where('id', '=', programmeId)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The cohort of a round; undefined when there is no such round. */
export function cohortOfRound(db: Db, roundId: string): Promise<{ id: string } | undefined> {
  return db.selectFrom('round').select('cohort_id as id').where('id', '=', roundId).executeTakeFirst();
}

export function cohortOfSchoolRound(db: Db, schoolRoundId: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('round.cohort_id as id')
    .where('school_round.id', '=', schoolRoundId)
    .executeTakeFirst();
}

/** By the form's public id. */
export function cohortOfResponse(db: Db, publicId: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('response')
    .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('round.cohort_id as id')
    .where('response.public_id', '=', publicId)
    .executeTakeFirst();
}

/** By a link that asks how useful a session was: its id, or the hash of its token. */
export function cohortOfQuestion(
  db: Db,
  link: { id: string } | { tokenHash: string },
): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('usefulness_link')
    .innerJoin('training_session', 'training_session.id', 'usefulness_link.session_id')
    .select('training_session.cohort_id as id')
    .where((eb) =>
      'id' in link ? eb('usefulness_link.id', '=', link.id) : eb('usefulness_link.token_hash', '=', link.tokenHash),
    )
    .executeTakeFirst();
}

/** By an assignment of its plan. */
export function cohortOfAssignment(db: Db, assignmentId: string): Promise<{ id: string } | undefined> {
  return db.selectFrom('assignment').select('cohort_id as id').where('id', '=', assignmentId).executeTakeFirst();
}

/** By the id of a school that registered. */
export function cohortOfEntry(db: Db, entryId: string): Promise<{ id: string } | undefined> {
  const entry = db.selectFrom('registration_entry').select('cohort_id as id');
  return entry.where('id', '=', entryId).executeTakeFirst();
}

/** By the hash of the token of a link to register, or of a school's own. */
export async function cohortOfRegistration(db: Db, tokenHash: string): Promise<{ id: string } | undefined> {
  const shared = db.selectFrom('registration').select('cohort_id as id').where('token_hash', '=', tokenHash);
  const own = db.selectFrom('registration_entry').select('cohort_id as id').where('token_hash', '=', tokenHash);
  return (await shared.executeTakeFirst()) ?? own.executeTakeFirst();
}

/** By the hash of a personal link's token. */
export function cohortOfLink(db: Db, tokenHash: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .select('round.cohort_id as id')
    .where('invitation.token_hash', '=', tokenHash)
    .executeTakeFirst();
}
