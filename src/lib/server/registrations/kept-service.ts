import type { Db } from '#lib/server/db/open.ts';
import * as entries from './entry-queries.ts';
import * as queries from './kept-queries.ts';

export type { OwnRegistrationRow, WaitingRow, Whose } from './kept-queries.ts';

/** Takes somebody who is erased out of registrations: an IB'er's is withdrawn, without word to anybody; of a pair the director goes. */
export async function erasePerson(trx: Db, whose: queries.Whose, at: string): Promise<void> {
  for (const id of await queries.listOfIb(trx, whose)) await endQuietly(trx, id, at);
  await queries.forgetDirector(trx, whose);
}

/**
 * Withdraws a registration without word to anybody, and takes away what waits to be sent about it: it has the addresses that
 * were erased, former ones too. In a copy that is about to be put back it does so as the journal says; passed over where it
 * is not there.
 */
export async function endQuietly(trx: Db, entryId: string, at: string): Promise<void> {
  await entries.withdraw(trx, entryId, at);
  await queries.deleteMailAbout(trx, entryId);
}

/**
 * Takes a director out of a registration in such a copy.
 * @param version that of the registration since: one that was changed after it may name somebody else
 */
export async function forgetDirectorAgain(trx: Db, entryId: string, version: number): Promise<void> {
  await queries.forgetDirectorAgain(trx, entryId, version);
}

/** Takes away the registrations of a cohort whose term is over. */
export async function clearCohort(trx: Db, cohortId: string): Promise<void> {
  await queries.deleteOfCohort(trx, cohortId);
}

/**
 * Takes away every registration on the day that its school was told (programme/registration.ts), though the first day of the
 * programme was moved since. Whoever got a place is in the cohort by then.
 * @param today yyyy-mm-dd
 * @returns how many schools
 */
export function clearPast(trx: Db, today: string): Promise<number> {
  return queries.deletePast(trx, today);
}

/** In which registrations somebody stands, for the file of the own data. */
export function ownRegistrations(db: Db, whose: queries.Whose): Promise<queries.OwnRegistrationRow[]> {
  return queries.listOwn(db, whose);
}

/**
 * Takes a director out of every registration whom a placed one names and who did not come into the cohort.
 * @returns the address, for what else is kept by it; null where there is no such director (any more)
 */
export async function forgetLeftDirector(trx: Db, entryId: string): Promise<string | null> {
  const email = await queries.findLeftDirector(trx, entryId);
  if (email === undefined) return null;
  await queries.forgetDirector(trx, { personId: null, email });
  return email;
}

/** Those whom registrations name and nobody knows, with this in name or address. The caller has asked for the right. */
export function searchWaiting(db: Db, text: string, limit: number): Promise<queries.WaitingRow[]> {
  return queries.searchWaiting(db, text, limit);
}

/** The schools that are registered for a cohort, for whoever is about to delete it. The caller has asked for the right. */
export async function listStanding(db: Db, cohortId: string): Promise<{ id: string; version: number }[]> {
  const all = await entries.list(db, cohortId);
  return all.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ id, version }) => ({ id, version }));
}
