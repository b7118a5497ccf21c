import type { Role } from '#lib/instrument/types.ts';
import type { Actor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import { ensureSchools, keyOf } from './known-schools-service.ts';
import * as seriesQueries from './series-queries.ts';
import { get, type NewPerson } from './service.ts';
import * as queries from './teams-queries.ts';

/** Many teams at once, in a few statements: raters' answers wait for the transaction that this is in. */

/** A new IB'er at a school with the team, or people who join the team of a series that is there. */
export type TeamToAdd = {
  seriesId: string | null;
  school: { name: string; brin: string | null };
  ib: NewPerson;
  joining: (NewPerson & { role: 'director' | 'teacher' })[];
};

/** Somebody who came into a team. */
export type Joined = { seriesId: string; personId: string; role: Role };

/**
 * Adds these teams to a cohort. The caller has seen, in this transaction, that each fits with what is there and with the
 * others (`planTeams`). The log has one line for the whole list.
 * @returns the new series, and who joined one that was there
 * @throws DomainError not_found, forbidden
 */
export async function addTeams(
  trx: Db,
  actor: Actor,
  cohortId: string,
  teams: readonly TeamToAdd[],
): Promise<{ seriesIds: string[]; joined: Joined[] }> {
  await get(trx, actor, cohortId);
  const now = nowIso();
  const schoolIds = await ensureSchools(
    trx,
    teams.flatMap(({ seriesId, school }) => (seriesId === null ? school : [])),
  );
  const asked = teams.flatMap(({ seriesId, ib, joining }) => [
    ...(seriesId === null ? [{ ...ib, role: 'ib' as const }] : []),
    ...joining,
  ]);
  const people = (await accounts.ensurePeople(trx, asked)).values();
  const nextPerson = () => people.next().value ?? '';

  const series: queries.NewSeries[] = [];
  const members: Joined[] = [];
  const joined: Joined[] = [];
  for (const { seriesId, school, joining } of teams) {
    const id = seriesId ?? newId();
    if (seriesId === null) {
      const rateeId = nextPerson();
      series.push({ id, cohortId, schoolId: schoolIds.get(keyOf(school)) ?? '', rateeId });
      members.push({ seriesId: id, personId: rateeId, role: 'ib' });
    }
    const others = joining.map(({ role }) => ({ seriesId: id, personId: nextPerson(), role }));
    members.push(...others);
    if (seriesId !== null) joined.push(...others);
  }
  await queries.insertManySeries(trx, series, now);
  await queries.insertMembers(
    trx,
    members.map((member) => ({ id: newId(), ...member })),
    now,
  );
  await seriesQueries.raise(trx, [...new Set(joined.map(({ seriesId }) => seriesId))]);
  if (members.length > 0) {
    const detail = { teams: series.length, people: members.length };
    await audit.record(trx, actor, 'team.imported', { type: 'cohort', id: cohortId }, detail);
  }
  return { seriesIds: series.map(({ id }) => id), joined };
}
