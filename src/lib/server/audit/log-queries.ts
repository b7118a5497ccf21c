import type { Db } from '#lib/server/db/open.ts';

export type EventRow = {
  id: string;
  at: string;
  /** The kind of actor: `user`, `operator`, or the product itself. */
  actor: string;
  actorUserId: string | null;
  /** Null for who has no account (any more). */
  actorName: string | null;
  action: string;
  objectType: string;
  objectId: string;
  /** JSON: ids, counts and words of closed lists. */
  detail: string;
};

/** What the log is narrowed by; null for everything. Bounds are of ids, which sort by time. */
export type Narrowing = {
  /** An account, or the kind of an actor that is none. */
  who: { userId: string } | { kind: string } | null;
  action: string | null;
  /** One object, or a cohort with all that hangs on it. */
  about: { objectId: string } | { cohortId: string } | null;
  from: string | null;
  until: string | null;
};

/** The lines before this one (null: the newest), newest first. */
export function listEvents(db: Db, narrowing: Narrowing, before: string | null, limit: number): Promise<EventRow[]> {
  const { who, action, about, from, until } = narrowing;
  let events = db
    .selectFrom('audit_event')
    .leftJoin('user', 'user.id', 'audit_event.actor_user_id')
    .select([
      'audit_event.id',
      'audit_event.at',
      'audit_event.actor',
      'audit_event.actor_user_id as actorUserId',
      'user.name as actorName',
      'audit_event.action',
      'audit_event.object_type as objectType',
      'audit_event.object_id as objectId',
      'audit_event.detail',
    ]);
  if (who && 'userId' in who) events = events.where('audit_event.actor_user_id', '=', who.userId);
  if (who && 'kind' in who) {
    events = events.where('audit_event.actor_user_id', 'is', null).where('audit_event.actor', '=', who.kind);
  }
  if (action !== null) events = events.where('audit_event.action', '=', action);
  if (about && 'objectId' in about) events = events.where('audit_event.object_id', '=', about.objectId);
  if (about && 'cohortId' in about) events = events.where('audit_event.object_id', 'in', partsOf(db, about.cohortId));
  if (from !== null) events = events.where('audit_event.id', '>=', from);
  if (until !== null) events = events.where('audit_event.id', '<', until);
  if (before !== null) events = events.where('audit_event.id', '<', before);
  return events.orderBy('audit_event.id', 'desc').limit(limit).execute();
}

/** The cohort with its IB'ers, rounds, school rounds and invitations. */
function partsOf(db: Db, cohortId: string) {
  const schoolRounds = db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .where('round.cohort_id', '=', cohortId);
  return db
    .selectFrom('cohort')
    .select('id')
    .where('id', '=', cohortId)
    .unionAll(db.selectFrom('series').select('id').where('cohort_id', '=', cohortId))
    .unionAll(db.selectFrom('round').select('id').where('cohort_id', '=', cohortId))
    .unionAll(schoolRounds.select('school_round.id'))
    .unionAll(
      schoolRounds.innerJoin('invitation', 'invitation.school_round_id', 'school_round.id').select('invitation.id'),
    );
}

export async function isCohort(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('cohort').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export function listCohorts(db: Db): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('cohort').select(['id', 'name']).orderBy('name').execute();
}

/** The accounts that did something, by name. */
export function listActors(db: Db): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('user')
    .select(['id', 'name'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('audit_event').select('audit_event.id').whereRef('audit_event.actor_user_id', '=', 'user.id')),
    )
    .orderBy('name')
    .execute();
}

/** What an object is called now, the most telling part first; a part is null where people of imported rounds have no name. */
export type NameRow = { id: string; parts: (string | null)[] };

export async function namesOfUsers(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db.selectFrom('user').select(['id', 'name']).where('id', 'in', ids).execute();
  return rows.map(({ id, name }) => ({ id, parts: [name] }));
}

export async function namesOfPeople(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute();
  return rows.map(({ id, name }) => ({ id, parts: [name] }));
}

export async function namesOfSchools(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db.selectFrom('school').select(['id', 'name']).where('id', 'in', ids).execute();
  return rows.map(({ id, name }) => ({ id, parts: [name] }));
}

export async function namesOfCohorts(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db.selectFrom('cohort').select(['id', 'name']).where('id', 'in', ids).execute();
  return rows.map(({ id, name }) => ({ id, parts: [name] }));
}

export async function namesOfProgrammes(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db.selectFrom('programme').select(['id', 'name']).where('id', 'in', ids).execute();
  return rows.map(({ id, name }) => ({ id, parts: [name] }));
}

export async function namesOfInstruments(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db
    .selectFrom('instrument_version')
    .select(['id', 'title', 'version'])
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, title, version }) => ({ id, parts: [title, version] }));
}

export async function namesOfTemplates(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db
    .selectFrom('programme_template')
    .select(['id', 'title', 'version'])
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, title, version }) => ({ id, parts: [title, version] }));
}

export async function namesOfSeries(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db
    .selectFrom('series')
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .select(['series.id', 'person.name as ratee', 'school.name as school', 'cohort.name as cohort'])
    .where('series.id', 'in', ids)
    .execute();
  return rows.map(({ id, ratee, school, cohort }) => ({ id, parts: [ratee, school, cohort] }));
}

export async function namesOfRounds(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .select(['round.id', 'round.name as round', 'cohort.name as cohort'])
    .where('round.id', 'in', ids)
    .execute();
  return rows.map(({ id, round, cohort }) => ({ id, parts: [round, cohort] }));
}

export async function namesOfSessions(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await db
    .selectFrom('training_session')
    .innerJoin('cohort', 'cohort.id', 'training_session.cohort_id')
    .select(['training_session.id', 'training_session.title', 'cohort.name as cohort'])
    .where('training_session.id', 'in', ids)
    .execute();
  return rows.map(({ id, title, cohort }) => ({ id, parts: [title, cohort] }));
}

function schoolRounds(db: Db) {
  return db
    .selectFrom('school_round')
    .innerJoin('round', 'round.id', 'school_round.round_id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .innerJoin('cohort', 'cohort.id', 'series.cohort_id')
    .select(['round.name as round', 'school.name as school', 'cohort.name as cohort']);
}

export async function namesOfSchoolRounds(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await schoolRounds(db)
    .innerJoin('person', 'person.id', 'series.ratee_id')
    .select(['school_round.id', 'person.name as ratee'])
    .where('school_round.id', 'in', ids)
    .execute();
  return rows.map(({ id, ratee, school, round, cohort }) => ({ id, parts: [ratee, school, round, cohort] }));
}

export async function namesOfInvitations(db: Db, ids: readonly string[]): Promise<NameRow[]> {
  const rows = await schoolRounds(db)
    .innerJoin('invitation', 'invitation.school_round_id', 'school_round.id')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .select(['invitation.id', 'person.name as person'])
    .where('invitation.id', 'in', ids)
    .execute();
  return rows.map(({ id, person, school, round, cohort }) => ({ id, parts: [person, school, round, cohort] }));
}
