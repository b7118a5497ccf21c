import type { Db } from '#lib/server/db/open.ts';

/** What a trainer sets: days are yyyy-mm-dd, numbers count people, and null means no limit. */
export type Settings = {
  minPeople: number | null;
  maxPeople: number | null;
  pairs: boolean;
  lastOn: string;
  startsOn: string;
  about: string;
};

/** The registration of a cohort, as it was opened. */
export type Registration = Settings & {
  cohortId: string;
  cohortName: string;
  programmeName: string | null;
  partnershipName: string | null;
  /** Since when the link that works does; null: none was made yet. */
  linkMadeAt: string | null;
  closedAt: string | null;
  /** Counts changes of the settings, for two trainers at once. */
  version: number;
};

function registrations(db: Db) {
  return db
    .selectFrom('registration')
    .innerJoin('cohort', 'cohort.id', 'registration.cohort_id')
    .leftJoin('programme', 'programme.id', 'cohort.programme_id')
    .leftJoin('partnership', 'partnership.id', 'programme.partnership_id')
    .select([
      ...(['cohort.id as cohortId', 'cohort.name as cohortName', 'programme.name as programmeName'] as const),
      ...(['partnership.name as partnershipName', 'registration.min_people as minPeople'] as const),
      ...(['registration.max_people as maxPeople', 'registration.pairs', 'registration.last_on as lastOn'] as const),
      ...(['registration.starts_on as startsOn', 'registration.about'] as const),
      ...(['registration.link_made_at as linkMadeAt', 'registration.closed_at as closedAt'] as const),
      'registration.version',
    ]);
}

type Row = Omit<Registration, 'pairs'> & { pairs: number };
const toRegistration = (row: Row | undefined): Registration | undefined => row && { ...row, pairs: row.pairs === 1 };

export async function find(db: Db, cohortId: string): Promise<Registration | undefined> {
  return toRegistration(await registrations(db).where('registration.cohort_id', '=', cohortId).executeTakeFirst());
}

/** By the hash of the link's token; with `cohortId` of that cohort only. */
export async function findByTokenHash(db: Db, tokenHash: string, cohortId?: string): Promise<Registration | undefined> {
  const found = registrations(db).where('registration.token_hash', '=', tokenHash);
  const own = cohortId === undefined ? found : found.where('registration.cohort_id', '=', cohortId);
  return toRegistration(await own.executeTakeFirst());
}

/**
 * The registrations of these cohorts in which a school has no place yet, and those with a minimum that are open on a day
 * (yyyy-mm-dd).
 */
export async function listAsking(db: Db, cohortIds: readonly string[], today: string): Promise<Registration[]> {
  if (cohortIds.length === 0) return [];
  const rows = await registrations(db)
    .where('registration.cohort_id', 'in', cohortIds)
    .where(({ eb, and, or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('registration_entry')
            .select('registration_entry.id')
            .whereRef('registration_entry.cohort_id', '=', 'registration.cohort_id')
            .where('registration_entry.placed_at', 'is', null)
            .where('registration_entry.withdrawn_at', 'is', null),
        ),
        and([
          eb('registration.closed_at', 'is', null),
          eb('registration.last_on', '>=', today),
          eb('registration.min_people', 'is not', null),
        ]),
      ]),
    )
    .orderBy('cohort.id')
    .execute();
  return rows.map((row) => ({ ...row, pairs: row.pairs === 1 }));
}

const valuesOf = ({ minPeople, maxPeople, pairs, lastOn, startsOn, about }: Settings) => ({
  ...{ min_people: minPeople, max_people: maxPeople, pairs: pairs ? 1 : 0 },
  ...{ last_on: lastOn, starts_on: startsOn, about },
});

/** False when the cohort has a registration already: then nothing happened. */
export async function insert(db: Db, cohortId: string, settings: Settings, at: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('registration')
    .values({ cohort_id: cohortId, ...valuesOf(settings), opened_at: at })
    .onConflict((conflict) => conflict.column('cohort_id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** False when it was changed since this version: then nothing happened. */
export async function update(db: Db, cohortId: string, version: number, settings: Settings): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('registration')
    .set({ ...valuesOf(settings), version: version + 1 })
    .where('cohort_id', '=', cohortId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setClosed(db: Db, cohortId: string, at: string | null): Promise<void> {
  await db.updateTable('registration').set({ closed_at: at }).where('cohort_id', '=', cohortId).execute();
}

/** Takes the place of an earlier link, which ends by it. */
export async function setLink(db: Db, cohortId: string, tokenHash: string, at: string): Promise<void> {
  await db
    .updateTable('registration')
    .set({ token_hash: tokenHash, link_made_at: at })
    .where('cohort_id', '=', cohortId)
    .execute();
}
