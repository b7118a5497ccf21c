import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/held-roles-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './kept-queries.ts';
import { labelOf } from './service.ts';

/**
 * What is kept of somebody and where, for whoever looks after personal data: kinds and counts, never an answer, a remark
 * or a link (product.md, Roles and rights: an administrator sees no scores).
 */

/** More than so many are not listed: the search is narrowed instead. */
const MOST_FOUND = 50;

export type Found = Pick<queries.Somebody, 'id' | 'name' | 'email'>;

/**
 * The people and accounts with this in name or address, by name.
 * @param text nothing is found by an empty one: a list of everybody is nobody's question
 * @returns also whether there may be more than are listed
 * @throws DomainError forbidden
 */
export async function search(db: Db, actor: Actor, text: string): Promise<{ found: Found[]; isCut: boolean }> {
  assertMay(actor);
  const wanted = text.trim();
  if (wanted === '') return { found: [], isCut: false };
  const rows = await queries.search(db, wanted, MOST_FOUND + 1);
  const found = rows.slice(0, MOST_FOUND).map(({ id, name, email }) => ({ id, name, email }));
  return { found, isCut: rows.length > MOST_FOUND };
}

export type Kept = queries.Somebody & {
  /** What has to be typed to erase them. */
  label: string;
  roles: accounts.HeldRole[];
  places: queries.Place[];
  forms: queries.KeptForm[];
  counts: queries.Counts;
  /** Cohorts that would be left without a trainer. */
  leftAlone: string[];
  isOwn: boolean;
};

/** @throws DomainError forbidden; not_found, also for who was erased */
export async function get(db: Db, actor: Actor, id: string): Promise<Kept> {
  assertMay(actor);
  const somebody = await queries.find(db, id);
  if (!somebody) throw new DomainError('not_found');
  const { personId, userId } = somebody;
  return {
    ...somebody,
    label: labelOf(somebody),
    roles: userId === null ? [] : await accounts.granted(db, userId),
    places: personId === null ? [] : await queries.listPlaces(db, personId),
    forms: personId === null ? [] : await queries.listForms(db, personId),
    counts: await queries.count(db, somebody),
    leftAlone: userId === null ? [] : await queries.listLeftWithoutTrainer(db, userId),
    isOwn: actor.kind === 'user' && actor.userId === userId,
  };
}

function assertMay(actor: Actor): void {
  if (!may(actor, 'manage_retention')) throw new DomainError('forbidden');
}
