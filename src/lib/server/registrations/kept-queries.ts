import { sql, type ExpressionBuilder } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';

/** What is kept of people who registered a school: taken away where somebody is erased, or once the term is over. */

/** Somebody by address, and by the place that a registration gave: the address in it may be a former one. */
export type Whose = { personId: string | null; email: string | null };

const placesOf = (db: Db, personId: string | null, role: 'ib' | 'director') =>
  db
    .selectFrom('team_member')
    .select('team_member.series_id')
    .where('team_member.person_id', '=', personId ?? '')
    .where('team_member.role', '=', role);

/** Whether nobody has the address of the director. */
const isNobodysDirector = ({ not, exists, selectFrom }: ExpressionBuilder<DB, 'registration_entry'>) =>
  not(exists(selectFrom('person').select('person.id').whereRef('person.email', '=', 'director_email')));

/** Deletes mail to the school about a registration (mails.ts has those keys); that to trainers has no address. */
export async function deleteMailAbout(db: Db, entryId: string): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('once_key', 'like', `registration:${entryId}:%`)
    .where('address', 'is not', null)
    .execute();
}

/** The registrations in which somebody is the IB'er: always the same one in a series (rules.md, Who, what, when). */
export async function listOfIb(db: Db, { personId, email }: Whose): Promise<string[]> {
  const rows = await db
    .selectFrom('registration_entry')
    .select('id')
    .where((eb) => eb.or([eb('ib_email', '=', email ?? ''), eb('series_id', 'in', placesOf(db, personId, 'ib'))]))
    .execute();
  return rows.map(({ id }) => id);
}

/** The registrations that gave somebody a place and were not withdrawn, and as what. */
export function listPlaced(db: Db, personId: string): Promise<{ id: string; role: 'ib' | 'director' }[]> {
  return db
    .selectFrom('registration_entry')
    .innerJoin('team_member', 'team_member.series_id', 'registration_entry.series_id')
    .select(['registration_entry.id', 'team_member.role'])
    .where('team_member.person_id', '=', personId)
    .where('team_member.role', 'in', ['ib', 'director'])
    .where('registration_entry.withdrawn_at', 'is', null)
    .orderBy('registration_entry.id')
    .$narrowType<{ role: 'ib' | 'director' }>()
    .execute();
}

/**
 * Takes a director out of every registration; the IB'er's goes on. By the place too, where nobody else has the address: the
 * director of a school may have changed since. Noted for the journal here and by no trigger: a school that names another
 * director, or none, erases nobody.
 */
export async function forgetDirector(db: Db, { personId, email }: Whose): Promise<void> {
  const rows = await db
    .updateTable('registration_entry')
    .set((eb) => ({ director_name: null, director_email: null, version: eb('version', '+', 1) }))
    .where('director_email', 'is not', null)
    .where(({ eb, and, or }) =>
      or([
        eb('director_email', '=', email ?? ''),
        and([eb('series_id', 'in', placesOf(db, personId, 'director')), isNobodysDirector(eb)]),
      ]),
    )
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

/** Those whose day has come. @returns how many schools */
export async function deletePast(db: Db, today: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('registration_entry').where('goes_on', '<=', today).executeTakeFirst();
  return Number(numDeletedRows);
}

export async function deleteOfCohort(db: Db, cohortId: string): Promise<void> {
  await db.deleteFrom('registration_entry').where('cohort_id', '=', cohortId).execute();
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

/** In which registrations somebody stands, for that person; as a director by the address only, for it may be another's. */
export async function listOwn(db: Db, { personId, email }: Whose): Promise<OwnRegistrationRow[]> {
  const rows = await db
    .selectFrom('registration_entry')
    .innerJoin('cohort', 'cohort.id', 'registration_entry.cohort_id')
    .select(['cohort.name as cohort', 'registration_entry.school_name as school', 'registration_entry.language'])
    .select(['ib_name as ibName', 'ib_email as ibEmail'])
    .select(['director_name as directorName', 'director_email as directorEmail'])
    .select(['arrived_at as arrivedAt', 'placed_at as placedAt'])
    .where('ib_email', 'is not', null)
    .where(({ eb, or }) =>
      or([
        eb('ib_email', '=', email ?? ''),
        eb('director_email', '=', email ?? ''),
        eb('series_id', 'in', placesOf(db, personId, 'ib')),
      ]),
    )
    .orderBy('arrived_at')
    .orderBy('registration_entry.id')
    .execute();
  return rows.map(({ ibName, ibEmail, directorName, directorEmail, ...row }): OwnRegistrationRow =>
    directorEmail !== null && directorEmail === email
      ? { ...row, role: 'director', name: directorName ?? '', email: directorEmail }
      : { ...row, role: 'ib', name: ibName ?? '', email: ibEmail ?? '' },
  );
}

/**
 * A school that registered, with whom it named and nobody knows as somebody of a team: all of them while it waits for a place
 * (`isPlaced` false), and after that a director who did not come into the cohort, for it had another there already.
 */
export type WaitingRow = {
  id: string;
  cohort: string;
  school: string;
  isPlaced: boolean;
  ibName: string | null;
  ibEmail: string | null;
  directorName: string | null;
  directorEmail: string | null;
};

/** Those that name somebody with this in name or address, by school; at most so many. */
export async function searchWaiting(db: Db, text: string, limit: number): Promise<WaitingRow[]> {
  const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const has = (column: string) => sql<boolean>`lower(${sql.ref(column)}) like ${like} escape '\\'`;
  const rows = await db
    .selectFrom('registration_entry')
    .innerJoin('cohort', 'cohort.id', 'registration_entry.cohort_id')
    .select(['registration_entry.id', 'cohort.name as cohort', 'school_name as school', 'placed_at as placedAt'])
    .select(['ib_name as ibName', 'ib_email as ibEmail'])
    .select(['director_name as directorName', 'director_email as directorEmail'])
    .where('withdrawn_at', 'is', null)
    .where((eb) => {
      const named = (columns: string[]) => eb.or(columns.map(has));
      const waits = [eb('placed_at', 'is', null), named(['ib_name', 'ib_email', 'director_name', 'director_email'])];
      const left = [eb('placed_at', 'is not', null), named(['director_name', 'director_email']), isNobodysDirector(eb)];
      return eb.or([eb.and(waits), eb.and(left)]);
    })
    .orderBy('school_name')
    .orderBy('registration_entry.id')
    .limit(limit)
    .execute();
  return rows.map(({ placedAt, ...row }): WaitingRow => {
    return placedAt === null ? { ...row, isPlaced: false } : { ...row, ibName: null, ibEmail: null, isPlaced: true };
  });
}

/** The address of a director whom a placed registration names, and nobody has; undefined where there is none. */
export async function findLeftDirector(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('registration_entry')
    .select('director_email as email')
    .where('id', '=', id)
    .where('placed_at', 'is not', null)
    .where('director_email', 'is not', null)
    .where(isNobodysDirector)
    .$narrowType<{ email: string }>()
    .executeTakeFirst();
  return row?.email;
}
