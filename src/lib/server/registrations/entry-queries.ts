import type { Db } from '#lib/server/db/open.ts';

type Language = 'nl' | 'en';
export type Somebody = { name: string; email: string };

/** What a school says of itself; `director` null: the IB'er alone. BRIN and addresses are as they are stored. */
export type Given = {
  school: { name: string; brin: string | null };
  ib: Somebody;
  director: Somebody | null;
  language: Language;
};

/** A school that registered. */
export type Entry = {
  id: string;
  cohortId: string;
  school: { name: string; brin: string | null };
  /** Null once it was withdrawn: then no name and no address is kept. */
  ib: Somebody | null;
  director: Somebody | null;
  language: Language;
  /** Raised where the link goes to another address: an earlier one ends by it. */
  generation: number;
  arrivedAt: string;
  /** The day on which it goes (yyyy-mm-dd), as it was told to who registered. */
  goesOn: string;
  toldWaitingAt: string | null;
  placedAt: string | null;
  withdrawnAt: string | null;
  /** What a place made it in the cohort; null without one, and where that is gone. */
  seriesId: string | null;
  /** Counts changes. */
  version: number;
};

const columns = [
  ...(['id', 'cohort_id as cohortId', 'school_name as schoolName', 'brin'] as const),
  ...(['ib_name as ibName', 'ib_email as ibEmail'] as const),
  ...(['director_name as directorName', 'director_email as directorEmail', 'language', 'generation'] as const),
  ...(['arrived_at as arrivedAt', 'goes_on as goesOn', 'told_waiting_at as toldWaitingAt'] as const),
  ...(['placed_at as placedAt', 'withdrawn_at as withdrawnAt', 'series_id as seriesId', 'version'] as const),
] as const;

type Row = Omit<Entry, 'school' | 'ib' | 'director'> & {
  schoolName: string;
  brin: string | null;
  ibName: string | null;
  ibEmail: string | null;
  directorName: string | null;
  directorEmail: string | null;
};

const somebody = (name: string | null, email: string | null) =>
  name === null || email === null ? null : { name, email };

function toEntry({ schoolName, brin, ibName, ibEmail, directorName, directorEmail, ...row }: Row): Entry {
  const school = { name: schoolName, brin };
  return { ...row, school, ib: somebody(ibName, ibEmail), director: somebody(directorName, directorEmail) };
}

/** Every school that registered for a cohort, in the order of arrival; those that withdrew too. */
export async function list(db: Db, cohortId: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom('registration_entry')
    .select(columns)
    .where('cohort_id', '=', cohortId)
    .orderBy('arrived_at')
    .orderBy('id')
    .execute();
  return rows.map(toEntry);
}

export async function find(db: Db, id: string): Promise<Entry | undefined> {
  const row = await db.selectFrom('registration_entry').select(columns).where('id', '=', id).executeTakeFirst();
  return row && toEntry(row);
}

/** By the hash of the own link's token. */
export async function findByTokenHash(db: Db, tokenHash: string): Promise<Entry | undefined> {
  const row = await db
    .selectFrom('registration_entry')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row && toEntry(row);
}

const valuesOf = ({ school, ib, director, language }: Given) => ({
  ...{ school_name: school.name, brin: school.brin, ib_name: ib.name, ib_email: ib.email, language },
  ...{ director_name: director?.name ?? null, director_email: director?.email ?? null },
});

export async function insert(
  db: Db,
  row: { id: string; cohortId: string; tokenHash: string; arrivedAt: string; goesOn: string },
  given: Given,
): Promise<void> {
  const { id, cohortId, tokenHash, arrivedAt, goesOn } = row;
  const dated = { arrived_at: arrivedAt, goes_on: goesOn };
  await db
    .insertInto('registration_entry')
    .values({ id, cohort_id: cohortId, token_hash: tokenHash, ...dated, ...valuesOf(given) })
    .execute();
}

/** False when it was changed since this version: then nothing happened. */
export async function update(
  db: Db,
  { id, version }: { id: string; version: number },
  given: Given,
  link: { generation: number; tokenHash: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('registration_entry')
    .set({ ...valuesOf(given), generation: link.generation, token_hash: link.tokenHash, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Of a link that another took the place of meanwhile nothing is set. */
export async function setTokenHash(db: Db, id: string, link: { generation: number; tokenHash: string }): Promise<void> {
  await db
    .updateTable('registration_entry')
    .set({ token_hash: link.tokenHash })
    .where('id', '=', id)
    .where('generation', '=', link.generation)
    .execute();
}

/** Takes names and addresses away with it. */
export async function withdraw(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('registration_entry')
    .set((eb) => ({
      ...{ ib_name: null, ib_email: null, director_name: null, director_email: null, withdrawn_at: at },
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute();
}

export async function place(db: Db, id: string, seriesId: string, at: string): Promise<void> {
  await db
    .updateTable('registration_entry')
    .set((eb) => ({ placed_at: at, series_id: seriesId, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function tellWaiting(db: Db, ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('registration_entry').set({ told_waiting_at: at }).where('id', 'in', ids).execute();
}
