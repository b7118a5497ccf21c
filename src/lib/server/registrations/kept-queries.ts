import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';

/** What is kept of people who registered a school: taken away where somebody is erased, or once the term is over. */

/** The registrations in which somebody with this address is the IB'er. */
export async function listOfIb(db: Db, email: string): Promise<string[]> {
  const rows = await db.selectFrom('registration_entry').select('id').where('ib_email', '=', email).execute();
  return rows.map(({ id }) => id);
}

/**
 * Takes a director with this address out of every registration; the IB'er's goes on. Noted for the journal here and by no trigger:
 * a school that names another director, or none, erases nobody.
 */
export async function forgetDirector(db: Db, email: string): Promise<void> {
  const rows = await db
    .updateTable('registration_entry')
    .set((eb) => ({ director_name: null, director_email: null, version: eb('version', '+', 1) }))
    .where('director_email', '=', email)
    .returning(['id as object_id', 'version as generation'])
    .execute();
  if (rows.length === 0) return;
  const kind = 'registration_director_erased' as const;
  await db
    .insertInto('journal_entry')
    .values(rows.map((row) => ({ kind, ...row })))
    .execute();
}

/** The same in an older copy, which is of that version then; whoever was named later stays. */
export async function forgetDirectorAgain(db: Db, id: string, version: number): Promise<void> {
  await db
    .updateTable('registration_entry')
    .set({ director_name: null, director_email: null, version })
    .where('id', '=', id)
    .where('version', '<', version)
    .execute();
}

/** The cohorts of which registrations are kept, with the first day of the programme. */
export function listKept(db: Db): Promise<{ cohortId: string; startsOn: string }[]> {
  return db
    .selectFrom('registration')
    .innerJoin('registration_entry', 'registration_entry.cohort_id', 'registration.cohort_id')
    .select(['registration.cohort_id as cohortId', 'registration.starts_on as startsOn'])
    .distinct()
    .execute();
}

/** @returns how many schools */
export async function deleteOfCohort(db: Db, cohortId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('registration_entry')
    .where('cohort_id', '=', cohortId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export type OwnRegistrationRow = {
  cohort: string;
  school: string;
  role: 'ib' | 'director';
  name: string;
  email: string;
  language: 'nl' | 'en';
  arrivedAt: string;
  placedAt: string | null;
};

/** In which registrations somebody with this address stands, for that person. */
export async function listOwn(db: Db, email: string): Promise<OwnRegistrationRow[]> {
  const rows = await db
    .selectFrom('registration_entry')
    .innerJoin('cohort', 'cohort.id', 'registration_entry.cohort_id')
    .select(['cohort.name as cohort', 'registration_entry.school_name as school', 'registration_entry.language'])
    .select(['ib_name as ibName', 'ib_email as ibEmail', 'director_name as directorName'])
    .select(['arrived_at as arrivedAt', 'placed_at as placedAt'])
    .where((eb) => eb.or([eb('ib_email', '=', email), eb('director_email', '=', email)]))
    .orderBy('arrived_at')
    .orderBy('registration_entry.id')
    .execute();
  return rows.map(({ ibName, ibEmail, directorName, ...row }) => {
    const role = ibEmail === email ? 'ib' : 'director';
    return { ...row, role, name: (role === 'ib' ? ibName : directorName) ?? '', email };
  });
}

/** A school that waits for a place, with whom it named. */
export type WaitingRow = {
  id: string;
  cohort: string;
  school: string;
  ibName: string | null;
  ibEmail: string | null;
  directorName: string | null;
  directorEmail: string | null;
};

/** Those that name somebody with this in name or address, by school; at most so many. */
export function searchWaiting(db: Db, text: string, limit: number): Promise<WaitingRow[]> {
  const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const has = (column: string) => sql<boolean>`lower(${sql.ref(column)}) like ${like} escape '\\'`;
  return db
    .selectFrom('registration_entry')
    .innerJoin('cohort', 'cohort.id', 'registration_entry.cohort_id')
    .select(['registration_entry.id', 'cohort.name as cohort', 'school_name as school'])
    .select(['ib_name as ibName', 'ib_email as ibEmail'])
    .select(['director_name as directorName', 'director_email as directorEmail'])
    .where('placed_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where((eb) => eb.or(['ib_name', 'ib_email', 'director_name', 'director_email'].map(has)))
    .orderBy('school_name')
    .orderBy('registration_entry.id')
    .limit(limit)
    .execute();
}
