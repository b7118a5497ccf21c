import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as reports from '#lib/server/reports/service.ts';
import { load } from '../../src/routes/(trainer)/rounds/[round]/compare/+page.server.ts';
import { demoTrainer, openDemo } from '../support/demo.ts';
import type { ComparePage } from '#lib/components/compare/compare-page.ts';

describe('comparing, on the demonstration', () => {
  let db: Db;
  let trainer: UserActor;
  const rounds = new Map<string, string>();
  beforeAll(async () => {
    const database = await openDemo();
    db = database.db;
    trainer = await demoTrainer(db);
    for (const id of trainer.cohortIds) {
      for (const round of await reports.listClosed(db, trainer, id)) {
        rounds.set(`${round.cohort.name.split(' (')[0]} ${round.name}`, round.id);
      }
    }
    return database.close;
  }, 60_000);

  const at = (name: string) => rounds.get(name) ?? '';
  async function show(round: string, wanted?: string, actor = trainer): Promise<ComparePage> {
    const url = new URL('http://localhost:3000/');
    if (wanted !== undefined) url.searchParams.set('with', wanted);
    const locals = { app: { readDb: db }, actor, locale: 'nl' };
    const data = await load({ locals, params: { round }, url } as never);
    if (!data?.page) throw new Error('no page');
    return data.page;
  }

  it('opens beside the round before, which is verandering and no effect', async () => {
    const { difference, choice } = await show(at('Rivierenrand T2'));
    expect(choice.chosen).toBe(at('Rivierenrand T1'));
    expect(difference?.title).toBe('Wat is er veranderd tussen T1 en T2?');
    expect(difference?.lead).toContain('verandering, geen bewezen effect');
    expect(difference?.sentences).toHaveLength(3);
    expect(difference?.dropped?.map(({ reason }) => reason)).toContain('Andere directeur');
  });

  it('names a difference only where the interval that is shown leaves 0 out', async () => {
    const { difference } = await show(at('Rivierenrand T2'), at('Kuststreek T2'));
    const lanes = difference?.figure.rows.flatMap(({ title, lanes: own }) => own.map((lane) => ({ title, ...lane })));
    for (const lane of lanes ?? []) {
      if (lane.value === null) continue;
      const isNamed = difference?.sentences.some((one) => one.includes(`‘${lane.title}’ (${lane.text})`));
      const isClear = lane.interval !== null && (lane.interval.low > 0 || lane.interval.high < 0);
      // Another view may have the same difference; a clear one is always named.
      if (isClear) expect(isNamed, lane.title).toBe(true);
    }
    expect(JSON.stringify(difference)).not.toMatch(/(?<!C)\d[.,]\d{2}/); // one decimal, also in what travels
  });

  it('opens beside what can be shown, and says in the choice why another round cannot', async () => {
    const { choice, difference } = await show(at('Kuststreek T0')); // the first of the other cohorts has four schools
    expect(choice.chosen).toBe(at('Rivierenrand T0'));
    expect(difference?.figure.rows.some(({ lanes }) => lanes.some(({ value }) => value !== null))).toBe(true);
    const options = choice.groups.flatMap((group) => group.options);
    expect(options.find(({ value }) => value === at('De Venen T1'))).toEqual({
      ...{ value: at('De Venen T1'), isRefused: true },
      label: 'De Venen (voorbeeld), meting T1 (te weinig scholen)',
    });
    expect(options.filter(({ isRefused }) => !isRefused).map(({ value }) => value)).toContain(at('Rivierenrand K1'));
  });

  it('says of a pulse that it asked a part, and compares the statements that both rounds asked', async () => {
    const { difference, needed } = await show(at('Rivierenrand K1'), at('Kuststreek T1'));
    expect(needed).toBeNull();
    expect(difference?.sentences).toEqual([expect.stringMatching(/^Meting K1 was een korte meting/)]);
    expect(difference).toMatchObject({ isShown: false, apart: 0, aspects: [{ code: 'C2.13' }] });
  });

  it('offers nothing to compare below five schools, and says why', async () => {
    const { few, choice, difference } = await show(at('De Venen T2'));
    expect(few).toMatch(/4 scholen.*Vanaf 5 scholen/);
    expect(choice).toEqual({ groups: [], chosen: null });
    expect(difference).toBeNull();
  });

  it('shows nothing beside fewer than five schools, and says how many are needed', async () => {
    const { difference, needed } = await show(at('Rivierenrand T2'), at('De Venen T2'));
    expect(needed).toBe(5);
    const lanes = difference?.figure.rows.flatMap((row) => row.lanes) ?? [];
    expect(lanes.map(({ value }) => value)).toEqual(lanes.map(() => null));
    expect(difference?.aspects).toEqual([]);
  });

  it('lays a school beside its cohort where its report may be read, by name and without rank', async () => {
    const { choice } = await show(at('Rivierenrand T2'));
    const schools = choice.groups.at(-1)?.options ?? [];
    const names = schools.map(({ label }) => label);
    expect(names).toEqual(names.toSorted(new Intl.Collator('nl').compare));
    const { school } = await show(at('Rivierenrand T2'), schools[0]?.value);
    expect(school?.rows).toHaveLength(12);
    await db.updateTable('cohort').set({ trainer_sees_schools: 0 }).execute();
    await expect(show(at('Rivierenrand T2'), schools[0]?.value)).rejects.toMatchObject({ status: 404 });
    expect((await show(at('Rivierenrand T2'))).choice.groups).toHaveLength(2);
    await db.updateTable('cohort').set({ trainer_sees_schools: 1 }).execute();
  });

  it('says of a round that may still change when it can be compared, to whoever may see the round', async () => {
    const ask = (actor: UserActor, round: string) =>
      load({
        locals: { app: { readDb: db }, actor, locale: 'nl' },
        params: { round },
        url: new URL('http://x/'),
      } as never);
    const { id } = await db.selectFrom('round').select('id').where('status', '=', 'open').executeTakeFirstOrThrow();
    expect(await ask(trainer, id)).toMatchObject({
      page: null,
      waiting: { round: { id, status: 'open' }, ratees: 12 },
    });
    await expect(ask({ ...trainer, cohortIds: [] }, id)).rejects.toMatchObject({ status: 404 });
  });

  it('is not there for a round that is not the viewer’s, nor beside one', async () => {
    const rivers = await reports.roundFigures(db, trainer, at('Rivierenrand T2'));
    const only = { ...trainer, cohortIds: [rivers?.round.cohort.id ?? ''] };
    await expect(show(at('Rivierenrand T2'), at('Kuststreek T2'), only)).rejects.toMatchObject({ status: 404 });
    await expect(show(at('Kuststreek T2'), undefined, only)).rejects.toMatchObject({ status: 404 });
    await expect(show(at('Rivierenrand T2'), 'no-such-round')).rejects.toMatchObject({ status: 404 });
    // A later round is no earlier one.
    await expect(show(at('Rivierenrand T1'), at('Rivierenrand T2'))).rejects.toMatchObject({ status: 404 });
  });
});
