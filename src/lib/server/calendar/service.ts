import { createHash } from 'node:crypto';
import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, momentOfId, newId, newToken } from '#lib/server/ids.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as queries from './queries.ts';
import { writeIcs } from './write-ics.ts';

/** The secret addresses of a cohort's calendar: since when there is one; null where there is none. */
export type Calendars = {
  cohort: cohorts.Cohort;
  own: string | null;
  /** Whoever takes part now. */
  people: { personId: string; name: string | null; schools: string[]; since: string | null }[];
  /** Whoever has an address and takes part no more: those were not ended by leaving as they are now. */
  gone: { personId: string; name: string | null; since: string }[];
};

/**
 * The addresses of a cohort and of whoever takes part now, for its trainer.
 * @throws DomainError not_found, forbidden
 */
export async function list(db: Db, actor: Actor, cohortId: string, now: Date): Promise<Calendars> {
  const cohort = await cohorts.get(db, actor, cohortId);
  const links = await queries.listLinks(db, cohortId);
  const sinceOf = (whose: string | null) => links.find(({ personId }) => personId === whose)?.createdAt ?? null;
  const people = await attendance.takingPart(db, cohortId, now);
  return {
    cohort,
    own: sinceOf(null),
    people: people.map(({ personId, name, schools }) => ({ personId, name, schools, since: sinceOf(personId) })),
    gone: (await queries.listGone(db, cohortId)).map((each) => ({ ...each, since: sinceOf(each.personId) ?? '' })),
  };
}

/**
 * Makes a secret address, shown this once; an earlier one ends. Written to the log.
 * @param personId null for the cohort's own
 * @throws DomainError not_found (also of somebody who takes no part now), forbidden
 */
export async function make(
  db: Db,
  actor: Actor,
  publicUrl: string,
  cohortId: string,
  personId: string | null,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const { people } = await list(trx, actor, cohortId, now);
    if (personId !== null && !people.some((each) => each.personId === personId)) throw new DomainError('not_found');
    await queries.deleteLink(trx, cohortId, personId);
    const token = newToken();
    const createdAt = now.toISOString();
    await queries.insertLink(trx, { id: newId(), cohortId, personId, tokenHash: hashToken(token), createdAt });
    await audit.record(trx, actor, 'calendar.link_made', { type: 'cohort', id: cohortId }, detailOf(personId));
    return `${publicUrl}/calendar/${token}/drieluik.ics`;
  });
}

/**
 * Ends a secret address. Once more is harmless.
 * @throws DomainError not_found, forbidden
 */
export async function end(db: Db, actor: Actor, cohortId: string, personId: string | null): Promise<void> {
  await inTransaction(db, async (trx) => {
    await cohorts.get(trx, actor, cohortId);
    if (!(await queries.deleteLink(trx, cohortId, personId))) return;
    await audit.record(trx, actor, 'calendar.link_ended', { type: 'cohort', id: cohortId }, detailOf(personId));
  });
}

/**
 * Ends the addresses of whoever takes part in a cohort no more, in the transaction in which somebody leaves or is replaced: such a
 * calendar would go on telling what the cohort plans. Written to the log.
 */
export async function endOfGone(trx: Db, actor: Actor, cohortId: string): Promise<void> {
  for (const { personId } of await queries.listGone(trx, cohortId)) {
    await queries.deleteLink(trx, cohortId, personId);
    await audit.record(trx, actor, 'calendar.link_ended', { type: 'cohort', id: cohortId }, detailOf(personId));
  }
}

const detailOf = (personId: string | null): Record<string, string> => (personId === null ? {} : { person: personId });

/**
 * The calendar at a secret address, with a tag that stays the same as long as it does. A participant's has the sessions in
 * which that person takes part.
 * @throws DomainError link_unknown
 */
export async function read(db: Db, publicUrl: string, token: string): Promise<{ ics: string; etag: string }> {
  const link = await queries.findByTokenHash(db, hashToken(token));
  if (!link) throw new DomainError('link_unknown');
  const { cohortName: name, assignments } = await plans.planOfCohort(db, link.cohortId);
  const sessions = (await attendance.withPeople(db, link.cohortId))
    .filter(({ people }) => link.personId === null || people.some(({ personId }) => personId === link.personId))
    .map(({ session }) => session);
  const dated = <T extends { id: string }>(row: T) => ({ ...row, createdAt: momentOfId(row.id) });
  const plan = { name, sessions: sessions.map(dated), assignments: assignments.map(dated) };
  const ics = writeIcs(plan, new URL(publicUrl).hostname);
  return { ics, etag: `W/"${createHash('sha256').update(ics).digest('base64url')}"` };
}

/** Ends the addresses of somebody who is erased, or of a cohort whose term is over. */
export async function endAll(trx: Db, whose: { personId: string } | { cohortId: string }): Promise<void> {
  await queries.deleteLinks(trx, whose);
}
