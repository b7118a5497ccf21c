import type { Db } from '#lib/server/db/open.ts';

/** Whose calendar a secret address is: a participant's, or (null) the cohort's own. */
export type CalendarLink = { id: string; cohortId: string; personId: string | null; createdAt: string };

function links(db: Db) {
  return db
    .selectFrom('calendar_link')
    .select(['id', 'cohort_id as cohortId', 'person_id as personId', 'created_at as createdAt']);
}

export function findByTokenHash(db: Db, tokenHash: string): Promise<CalendarLink | undefined> {
  return links(db).where('token_hash', '=', tokenHash).executeTakeFirst();
}

export function listLinks(db: Db, cohortId: string): Promise<CalendarLink[]> {
  return links(db).where('cohort_id', '=', cohortId).execute();
}

export async function insertLink(db: Db, link: CalendarLink & { tokenHash: string }): Promise<void> {
  await db
    .insertInto('calendar_link')
    .values({
      id: link.id,
      cohort_id: link.cohortId,
      person_id: link.personId,
      token_hash: link.tokenHash,
      created_at: link.createdAt,
    })
    .execute();
}

/** @returns whether there was one */
export async function deleteLink(db: Db, cohortId: string, personId: string | null): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('calendar_link')
    .where('cohort_id', '=', cohortId)
    .where((eb) => (personId === null ? eb('person_id', 'is', null) : eb('person_id', '=', personId)))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whose links in a cohort are of nobody who is IB'er or director there now. */
export async function listGone(db: Db, cohortId: string): Promise<{ personId: string; name: string | null }[]> {
  return db
    .selectFrom('calendar_link')
    .innerJoin('person', 'person.id', 'calendar_link.person_id')
    .select(['person.id as personId', 'person.name'])
    .where('calendar_link.cohort_id', '=', cohortId)
    .where('person.id', 'not in', (eb) =>
      eb
        .selectFrom('team_member')
        .innerJoin('series', 'series.id', 'team_member.series_id')
        .select('team_member.person_id')
        .where('series.cohort_id', '=', cohortId)
        .where('series.left_at', 'is', null)
        .where('team_member.left_at', 'is', null)
        .where('team_member.role', 'in', ['ib', 'director']),
    )
    .orderBy('person.name')
    .execute();
}

/** Ends the addresses of somebody, or of a cohort with all its people. */
export async function deleteLinks(db: Db, whose: { personId: string } | { cohortId: string }): Promise<void> {
  const column = 'personId' in whose ? 'person_id' : 'cohort_id';
  await db
    .deleteFrom('calendar_link')
    .where(column, '=', 'personId' in whose ? whose.personId : whose.cohortId)
    .execute();
}
