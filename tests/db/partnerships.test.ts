import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as partnerships from '#lib/server/partnerships/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const NOW = new Date();
const ALL = { search: '', page: 1 };
const nobody: UserActor = {
  ...{ kind: 'user', userId: 'u', name: 'Somebody', personId: null, admin: false, trainer: false },
  ...{ cohortIds: [], programmeIds: [] },
};

let db: Db;
let first: make.TestCohort;
let second: make.TestCohort;
let admin: UserActor;

beforeEach(async () => {
  db = await testDatabase();
  first = await make.makeCohort(db, { name: 'Eerste cohort' });
  second = await make.makeCohort(db, { name: 'Tweede cohort' });
  admin = { ...nobody, admin: true };
  for (const school of ['De Linde', 'De Wilg']) await make.addSeries(db, first, { school });
  await make.addSeries(db, second, { school: 'De Linde' });
  const { id } = await make.openRound(db, first);
  await rounds.close(db, first.trainer, id);
});

/** The one partnership that all cohorts of the tests belong to. */
async function theOne(actor: UserActor): Promise<partnerships.PartnershipRow> {
  const [only, ...others] = (await partnerships.list(db, actor, NOW, ALL)).partnerships;
  if (only === undefined || others.length > 0) throw new Error('one partnership is expected');
  return only;
}

describe('partnerships in numbers', () => {
  it('count a school once, whichever of its cohorts it is in', async () => {
    expect(await theOne(admin)).toMatchObject({ programmes: 1, cohorts: 2, measured: 2 });
    const { schools, id } = await theOne(admin);
    const [programme] = (await partnerships.get(db, admin, id, NOW)).programmes;
    expect(schools).toBe(programme?.schools);
    expect(programme?.cohorts.map((cohort) => [cohort.name, cohort.schools, cohort.rounds])).toEqual([
      ['Eerste cohort', 2, 1],
      ['Tweede cohort', 1, 0],
    ]);
  });

  it('are for a trainer those of the own cohorts only', async () => {
    const { id, ...counts } = await theOne(second.trainer);
    expect(counts).toMatchObject({ programmes: 1, cohorts: 1, schools: 1, measured: 0 });
    const { programmes, years } = await partnerships.get(db, second.trainer, id, NOW);
    expect(programmes.flatMap(({ cohorts }) => cohorts.map(({ name }) => name))).toEqual(['Tweede cohort']);
    expect(years).toMatchObject([{ schools: 1, measured: 0 }]);
  });

  it('are for a steering group those of the own programmes, with no way to the cohorts', async () => {
    const { programme_id: programmeId } = await db
      .selectFrom('cohort')
      .select('programme_id')
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow();
    const member = { ...nobody, programmeIds: [programmeId ?? ''] };
    const { id } = await theOne(member);
    const { programmes } = await partnerships.get(db, member, id, NOW);
    expect(programmes).toMatchObject([{ isOwn: true, cohorts: [{ isOwn: false }, { isOwn: false }] }]);
  });

  it('leave out who left, but not the year in which they took part', async () => {
    await db.updateTable('series').set({ left_at: NOW.toISOString() }).where('cohort_id', '=', first.id).execute();
    const { id, schools, measured } = await theOne(first.trainer);
    expect({ schools, measured }).toEqual({ schools: 0, measured: 2 });
    expect((await partnerships.list(db, first.trainer, NOW, ALL)).most).toBe(2);
    expect((await partnerships.get(db, first.trainer, id, NOW)).years).toMatchObject([{ schools: 2, measured: 2 }]);
  });

  it('do not exist for whoever has nothing to do with them', async () => {
    const { id } = await theOne(admin);
    const none = { partnerships: [], total: 0, found: 0, page: 1, pages: 1, most: 0 };
    expect(await partnerships.list(db, nobody, NOW, ALL)).toEqual(none);
    await expect(partnerships.get(db, nobody, id, NOW)).rejects.toEqual(refused('not_found'));
    await expect(partnerships.get(db, admin, 'no-such-id', NOW)).rejects.toEqual(refused('not_found'));
  });
});

describe('the list of partnerships', () => {
  /** So many partnerships with a programme beside the one of the tests. */
  async function addPartnerships(names: readonly string[]): Promise<void> {
    const created_at = NOW.toISOString();
    for (const name of names) {
      await db.insertInto('partnership').values({ id: name, name, created_at }).execute();
      await db
        .insertInto('programme')
        .values({ id: `of ${name}`, partnership_id: name, name: 'Leergang', created_at })
        .execute();
    }
  }
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Regio ${index + 1}`);
  const show = async (page: number, search = '') => {
    const list = await partnerships.list(db, admin, NOW, { search, page });
    return { ...list, partnerships: list.partnerships.map(({ name }) => name) };
  };

  it('is shown 20 at a time, in the order of the alphabet and of numbers', async () => {
    await addPartnerships(numbered(59).toReversed());
    expect(await show(1)).toMatchObject({ total: 60, found: 60, page: 1, pages: 3, partnerships: numbered(20) });
    expect((await show(2)).partnerships).toEqual(numbered(59).slice(20, 40));
    expect((await show(3)).partnerships).toEqual([...numbered(59).slice(40), 'Samenwerkingsverband De Brug']);
  });

  it('is at its last page beyond the end', async () => {
    await addPartnerships(numbered(20));
    expect(await show(3)).toMatchObject({ page: 2, pages: 2, partnerships: ['Samenwerkingsverband De Brug'] });
    expect(await show(9, 'regio 2')).toMatchObject({ total: 21, found: 2, page: 1, pages: 1 });
    expect(await show(2, 'nergens')).toMatchObject({ total: 21, found: 0, page: 1, pages: 1, partnerships: [] });
  });

  it.each([
    ['élan', 'Passend Élan'],
    ['ÉLAN', 'Passend Élan'],
    ['e\u0301lan', 'Passend Élan'],
    ['ijssel', 'SWV IJSSEL'],
    ['100%', 'Alle 100%'],
  ])('is searched for %s, whatever the capitals and signs', async (search, name) => {
    await addPartnerships(['Passend Élan', 'SWV IJSSEL', 'Alle 100%', 'Alle 100 en meer']);
    expect((await show(1, search)).partnerships).toEqual([name]);
  });

  it('draws its bars at one scale, that of the partnership with most schools, whatever is shown', async () => {
    await addPartnerships(numbered(20));
    const scales = [await show(1), await show(2), await show(1, 'regio 7')].map(({ most }) => most);
    expect(scales).toEqual([2, 2, 2]);
  });
});
