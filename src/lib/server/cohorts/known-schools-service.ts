import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import { normalizeBrin } from './brin.ts';
import type { School } from './queries.ts';
import * as queries from './school-queries.ts';

/** A school as it is typed or as a file names it. */
export type NamedSchool = { name: string; brin: string | null };

/** A school is known by its BRIN, and by its name where it has none (rules.md, Who, what, when). */
export const keyOf = ({ name, brin }: NamedSchool) => (brin === null ? `name:${name}` : normalizeBrin(brin));

/** The ids of these schools by key, made where there are none; three statements, however many they are. */
export async function ensureSchools(trx: Db, named: readonly NamedSchool[]): Promise<Map<string, string>> {
  const schools = new Map(named.map((school) => [keyOf(school), school]));
  const brins = [...schools.values()].flatMap(({ brin }) => (brin === null ? [] : normalizeBrin(brin)));
  const names = [...schools.values()].flatMap(({ name, brin }) => (brin === null ? name : []));
  const known = [...(await queries.listByBrin(trx, brins)), ...(await queries.listByName(trx, names))];
  const ids = new Map(known.map((school) => [keyOf(school), school.id]));
  const fresh: School[] = [];
  for (const [key, { name, brin }] of schools) {
    if (ids.has(key)) continue;
    const school = { id: newId(), name, brin: brin === null ? null : normalizeBrin(brin) };
    ids.set(key, school.id);
    fresh.push(school);
  }
  await queries.insertSchools(trx, fresh, nowIso());
  return ids;
}

/** The id of this school, made where there is none. */
export async function ensureSchool(trx: Db, named: NamedSchool): Promise<string> {
  const [id] = (await ensureSchools(trx, [named])).values();
  return id ?? '';
}
