import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { FileForm, FileUnit } from './forms.ts';
import type { StoredUnit } from './queries.ts';

/** Somebody in the database who was never imported. */
const KNOWN = 'person:';

/** The key of an IB'er who is in the database: that of the import, or one that stands for the person. */
export function storedRateeKey({ rateeKey, rateeId }: Pick<StoredUnit, 'rateeKey' | 'rateeId'>): string {
  return rateeKey ?? `${KNOWN}${rateeId}`;
}

/**
 * The key under which a rater is kept. A director or IB'er is the same person in every round of the school; a teacher
 * is not, for teachers are never matched over rounds (rules.md, Who, what, when).
 */
export function personKey({ place, ratee }: Pick<FileUnit, 'place' | 'ratee'>, form: FileForm): string {
  if (form.role === 'ib') return ratee.key;
  const scope = form.role === 'teacher' ? [place.round.id] : [];
  return JSON.stringify([form.role, place.cohortId, place.schoolId, ...scope, form.rater]);
}

/** Finds or makes everybody in the file. @returns their ids by key */
export async function ensurePeople(trx: Db, units: readonly FileUnit[]): Promise<Map<string, string>> {
  const people = new Map<string, string | null>();
  const known = new Map<string, string>();
  for (const unit of units) {
    const { key, name } = unit.ratee;
    if (key.startsWith(KNOWN)) known.set(key, key.slice(KNOWN.length));
    else people.set(key, name);
    for (const form of unit.forms) {
      if (form.role !== 'ib') people.set(personKey(unit, form), form.rater);
    }
  }
  const list = [...people].map(([key, name]) => ({ key, name }));
  return new Map([...(await accounts.ensureImportedPeople(trx, list)), ...known]);
}
