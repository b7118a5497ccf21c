import { createHash } from 'node:crypto';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Template } from '#lib/programme/schema.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as queries from './ambition-queries.ts';

export type { Ambition } from './ambition-queries.ts';

/** The ambitions of a programme, for services that have asked whether the reader may see it. */
export function ofProgramme(db: Db, programmeId: string): Promise<queries.Ambition[]> {
  return queries.listAmbitions(db, programmeId);
}

/**
 * Gives a programme the ambitions of a template; one that has some already keeps them as they are. What rounds of its cohorts
 * that closed before say of them is to be summed once the transaction is over (`sumAdopted`).
 * @returns whether it got them
 */
export async function adopt(trx: Db, programmeId: string, template: Template, locale: 'nl' | 'en'): Promise<boolean> {
  if ((await queries.listAmbitions(trx, programmeId)).length > 0) return false;
  const ambitions = template.ambitions.map(({ title, list, aspects }, position) => ({
    ...{ id: newId(), programmeId, position, title: title[locale], listKey: list, aspects },
  }));
  await queries.insertAmbitions(trx, ambitions);
  return ambitions.length > 0;
}

/** Sums what earlier rounds say of ambitions that were adopted. What cannot be summed now a job tries, and says what broke. */
export async function sumAdopted(db: Db, programmeId: string): Promise<void> {
  await reports.sumMissingAmbitions(db, programmeId).catch(() => null);
}

/** The programme of a cohort as its trainer sees it; `stamp` is another one after every change of the ambitions. */
export type OwnAmbitions = { cohort: cohorts.Cohort; ambitions: queries.Ambition[]; stamp: string };

/**
 * The ambitions of the programme that a cohort is in, for its trainer; none for a cohort outside any programme.
 * @throws DomainError not_found, forbidden
 */
export async function ofCohort(db: Db, actor: Actor, cohortId: string): Promise<OwnAmbitions> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const ambitions = cohort.programmeId === null ? [] : await queries.listAmbitions(db, cohort.programmeId);
  const stamp = createHash('sha256').update(JSON.stringify(ambitions)).digest('base64url').slice(0, 16);
  return { cohort, ambitions, stamp };
}

/**
 * The same with one of them, by its id; null for one that is to be added.
 * @throws DomainError not_found, forbidden
 */
export async function open(
  db: Db,
  actor: Actor,
  cohortId: string,
  id: string | null,
): Promise<OwnAmbitions & { ambition: queries.Ambition | null }> {
  const own = await ofCohort(db, actor, cohortId);
  return { ...own, ambition: id === null ? null : known(own.ambitions, id) };
}

/** What somebody makes of an ambition; `aspects` are codes of the list with this key. */
export type AmbitionText = { title: string; listKey: string; aspects: string[] };

/**
 * Adds an ambition at the end, or changes one.
 * @param seen the stamp that it was made from, and the ambition that is changed; null adds one
 * @throws DomainError not_found (also a list without a published version), forbidden, changed_meanwhile, unknown_aspect,
 *   programme_missing for a cohort outside any programme
 */
export function save(
  db: Db,
  actor: Actor,
  cohortId: string,
  seen: { stamp: string; id: string | null },
  text: AmbitionText,
): Promise<void> {
  return changing(db, actor, cohortId, { stamp: seen.stamp, text }, async (trx, programmeId, ambitions) => {
    const { aspectIds } = await instruments.load(trx, (await newestOf(trx, text.listKey)).id);
    if (text.aspects.some((code) => !aspectIds.has(code))) throw new DomainError('unknown_aspect');
    if (seen.id === null) {
      const position = Math.max(-1, ...ambitions.map((each) => each.position)) + 1;
      return queries.insertAmbitions(trx, [{ id: newId(), programmeId, position, ...text }]);
    }
    await queries.updateAmbition(trx, { ...known(ambitions, seen.id), ...text });
  });
}

/** Takes an ambition away. @throws DomainError as `save` */
export function remove(db: Db, actor: Actor, cohortId: string, seen: { stamp: string; id: string }): Promise<void> {
  return changing(db, actor, cohortId, { stamp: seen.stamp }, async (trx, _, ambitions) => {
    await queries.deleteAmbition(trx, known(ambitions, seen.id).id);
  });
}

/** The newest published version of a list; where all are retired the newest of those. @throws DomainError not_found */
export async function newestOf(db: Db, listKey: string): Promise<instruments.InstrumentVersion> {
  const ofKey = (await instruments.list(db)).filter(({ key, status }) => key === listKey && status !== 'draft');
  const newest = ofKey.findLast(({ status }) => status === 'published') ?? ofKey.at(-1);
  if (!newest) throw new DomainError('not_found');
  return newest;
}

/** What the ambition in `text` needs is read before the transaction: while that lasts nobody's answer is saved. */
async function changing(
  db: Db,
  actor: Actor,
  cohortId: string,
  { stamp, text }: { stamp: string; text?: AmbitionText },
  work: (trx: Db, programmeId: string, ambitions: queries.Ambition[]) => Promise<void>,
): Promise<void> {
  const before = await ofCohort(db, actor, cohortId);
  const { programmeId: own } = before.cohort;
  const isSummed = !text || before.ambitions.some((one) => summedOf([one]) === summedOf([text]));
  const isCurrent = before.stamp === stamp;
  const prepared = own === null || isSummed || !isCurrent ? undefined : await reports.prepareAmbitions(db, own);
  await inTransaction(db, async (trx) => {
    const { cohort, ambitions, stamp: current } = await ofCohort(trx, actor, cohortId);
    if (cohort.programmeId === null) throw new DomainError('programme_missing');
    if (current !== stamp) throw new DomainError('changed_meanwhile');
    await work(trx, cohort.programmeId, ambitions);
    const after = await queries.listAmbitions(trx, cohort.programmeId);
    if (summedOf(after) !== summedOf(ambitions)) await reports.sumAmbitions(trx, cohort.programmeId, prepared);
    await audit.record(trx, actor, 'ambitions.changed', { type: 'programme', id: cohort.programmeId });
  });
}

/** What sums go by: another title changes none. */
function summedOf(ambitions: readonly Pick<AmbitionText, 'listKey' | 'aspects'>[]): string {
  return JSON.stringify(ambitions.map(({ listKey, aspects }) => [listKey, aspects.toSorted()]));
}

function known(ambitions: readonly queries.Ambition[], id: string): queries.Ambition {
  const found = ambitions.find((each) => each.id === id);
  if (!found) throw new DomainError('not_found');
  return found;
}
