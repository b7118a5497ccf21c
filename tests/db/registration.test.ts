import type { KyselyPlugin } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import * as places from '#lib/server/registrations/places-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { giveAll, NOW, openRegistration, register, school, SETTINGS, standing } from '../support/registering.ts';

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
});

const mails = async (kind: string) => {
  const rows = await db.selectFrom('mail').select(['address', 'about']).orderBy('id').execute();
  return rows.filter(({ about }) => about.includes(`"kind":"${kind}"`)).map(({ address }) => address);
};
const own = (id: string, token: string) => entering.openOwn(db, id, token);

describe('opening a registration', () => {
  it('begins with the places, the pairs and the first day of the cohort’s template', async () => {
    await templates.ensureShipped(db);
    const template = await templates.findNewest(db, 'samenwerken-onder-spanning');
    const start = { templateId: template?.id ?? '', startsOn: '2027-01-14', locale: 'nl' } as const;
    const named = { name: 'Koppels', programme: 'Samenwerken', partnership: 'De Brug', trainerSeesSchools: false };
    const id = await newCohorts.makeCohort(db, cohort.trainer, { ...named, start });
    const trainer = { ...cohort.trainer, cohortIds: [id] };
    expect(await registrations.suggest(db, trainer, id)).toMatchObject({
      ...{ maxPeople: 12, pairs: true, startsOn: '2027-01-14' },
    });
  });

  it('is one a cohort: of two trainers who open it at once the second sees the first', async () => {
    await openRegistration(db, cohort);
    const again = registrations.save(db, cohort.trainer, cohort.id, null, SETTINGS, NOW);
    await expect(again).rejects.toMatchObject({ code: 'changed_meanwhile' });
    const stale = registrations.save(db, cohort.trainer, cohort.id, 7, SETTINGS, NOW);
    await expect(stale).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });

  it('is its trainer’s', async () => {
    const other = await make.makeTrainer(db);
    const work = registrations.save(db, other, cohort.id, null, SETTINGS, NOW);
    await expect(work).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('registering', () => {
  it('mails the IB’er and the director their own link, and counts people, not schools', async () => {
    const token = await openRegistration(db, cohort);
    const entry = await register(db, cohort, token, school('De Klimop', { pair: true }));
    expect(await mails('received')).toEqual(['ib@de-klimop.example', 'dir@de-klimop.example']);
    expect((await registrations.assertThere(db, cohort.trainer, cohort.id, NOW)).registered).toBe(2);
    expect((await own(entry.id, entry.token)).entry.director?.name).toBe('Dir De Klimop');
    expect(await entering.follow(db, entry.token, NOW)).toMatchObject({ kind: 'own', schoolName: 'De Klimop' });
    expect(await entering.follow(db, token, NOW)).toMatchObject({ kind: 'register', cohortName: 'Cohort Oost' });
  });

  it('shows whoever has the link no number, which would say whether the school that was registered was there already', async () => {
    const token = await openRegistration(db, cohort);
    const page = () => entering.openShared(db, cohort.id, token, NOW);
    expect(await page()).toMatchObject({ isBelow: true, isFull: false, isTaking: true });
    await register(db, cohort, token, school('De Klimop'));
    const before = await page();
    expect(before).toMatchObject({ isBelow: false, isFull: false });
    await register(db, cohort, token, school('De Linde', { pair: true }));
    expect(await page()).toEqual(before);
    for (const name of ['De Brink', 'De Es', 'De Eik']) await register(db, cohort, token, school(name));
    expect(await page()).toMatchObject({ isFull: true });
  });

  it('takes a school or an IB’er once: whoever registered it is told, once a day, and nothing changes', async () => {
    const token = await openRegistration(db, cohort);
    await register(db, cohort, token, school('De Klimop'));
    const sameSchool = { ...school('Elders'), school: { name: ' de  klimop ', brin: '12AB' } };
    const sameIb = { ...school('De Linde'), ib: { name: 'Ib', email: 'IB@de-klimop.example' } };
    for (const given of [sameSchool, sameIb, school('De Klimop')]) {
      await entering.register(db, cohort.secret, cohort.id, token, given, NOW);
    }
    expect(await standing(db, cohort)).toEqual(['De Klimop next']);
    expect(await mails('known')).toEqual(['ib@de-klimop.example']);
    const other = { ...school('De Klimop'), ib: { name: 'Ib', email: 'ib@elders.example' } };
    const brin = (code: string) => ({ ...other, school: { name: 'De Regenboog', brin: code } });
    await entering.register(db, cohort.secret, cohort.id, token, brin('34CD'), NOW);
    const namesake = { ...brin('56EF'), ib: { name: 'Ib', email: 'ib@ginds.example' } };
    await entering.register(db, cohort.secret, cohort.id, token, namesake, NOW);
    expect(await standing(db, cohort)).toHaveLength(3);
  });

  it('ends with the last day, or where it was closed, and goes on where it opens again', async () => {
    const token = await openRegistration(db, cohort);
    const at = (moment: string) =>
      entering.register(db, cohort.secret, cohort.id, token, school('De Klimop'), new Date(moment));
    await expect(at('2026-12-11T23:30:00.000Z')).rejects.toMatchObject({ code: 'registration_closed' });
    await registrations.setClosed(db, cohort.trainer, cohort.id, true, NOW);
    await expect(at('2026-11-21T09:00:00.000Z')).rejects.toMatchObject({ code: 'registration_closed' });
    await registrations.setClosed(db, cohort.trainer, cohort.id, false, NOW);
    await at('2026-12-11T22:30:00.000Z');
    await registrations.setClosed(db, cohort.trainer, cohort.id, true, NOW);
    const late = registrations.setClosed(db, cohort.trainer, cohort.id, false, new Date('2026-12-12T09:00:00.000Z'));
    await expect(late).rejects.toMatchObject({ code: 'registration_day_past' });
  });

  it('by an earlier link, by that of another cohort and by none is not there', async () => {
    const token = await openRegistration(db, cohort);
    const other = await make.makeCohort(db);
    await openRegistration(db, other);
    await expect(entering.openShared(db, other.id, token, NOW)).rejects.toMatchObject({ code: 'link_unknown' });
    await expect(entering.openShared(db, cohort.id, undefined, NOW)).rejects.toMatchObject({ code: 'link_unknown' });
    await registrations.makeLink(db, cohort.trainer, '', cohort.id, NOW);
    await expect(entering.openShared(db, cohort.id, token, NOW)).rejects.toMatchObject({ code: 'link_unknown' });
    await expect(entering.follow(db, token, NOW)).rejects.toMatchObject({ code: 'link_unknown' });
  });
});

describe('giving places', () => {
  it('puts a school into the cohort with its IB’er and director, and tells who has a place and who waits', async () => {
    const token = await openRegistration(db, cohort, { maxPeople: 3 });
    await register(db, cohort, token, school('De Linde'));
    await register(db, cohort, token, { ...school('De Klimop', { pair: true }), language: 'en' });
    await register(db, cohort, token, school('De Brink'));
    expect(await standing(db, cohort)).toEqual(['De Klimop next', 'De Linde next', 'De Brink waiting']);
    expect(await giveAll(db, cohort)).toEqual({ placed: 2, waiting: 1 });
    const teams = await cohorts.listTakingPart(db, cohort.id);
    expect(teams.map(({ schoolName, team }) => [schoolName, team.map(({ role }) => role).toSorted()])).toEqual([
      ['De Klimop', ['director', 'ib']],
      ['De Linde', ['ib']],
    ]);
    const people = await db.selectFrom('person').select(['email', 'language']).execute();
    expect(people.find(({ email }) => email === 'dir@de-klimop.example')?.language).toBe('en');
    expect(await mails('placed')).toEqual(['ib@de-klimop.example', 'dir@de-klimop.example', 'ib@de-linde.example']);
    expect(await mails('waiting')).toEqual(['ib@de-brink.example']);
  });

  it('once more changes nothing, and after another school came first asks to look again', async () => {
    const token = await openRegistration(db, cohort, { maxPeople: 2 });
    const { id } = await register(db, cohort, token, school('De Linde'));
    await register(db, cohort, token, school('De Klimop', { pair: true }));
    const give = (seen: string[]) => places.give(db, cohort.trainer, cohort.secret, cohort.id, seen, NOW);
    await expect(give([id])).rejects.toMatchObject({ code: 'changed_meanwhile' });
    await giveAll(db, cohort);
    const count = (await db.selectFrom('mail').select('id').execute()).length;
    const placed = await db.selectFrom('registration_entry').select('id').where('placed_at', 'is not', null).execute();
    expect(await give(placed.map((row) => row.id))).toEqual({ placed: 0, waiting: 0 });
    expect(await db.selectFrom('mail').select('id').execute()).toHaveLength(count);
    expect(await cohorts.listSeries(db, cohort.id)).toHaveLength(1);
  });

  it('counts whoever was added by hand, and makes no school twice that is there already', async () => {
    await make.addSeries(db, cohort, { school: 'De Hoek' });
    const token = await openRegistration(db, cohort, { maxPeople: 4 });
    const series = await make.addSeries(db, cohort, { school: 'De Klimop', director: null });
    const { team } = await cohorts.getSeries(db, cohort.trainer, series);
    const ib = team.find(({ role }) => role === 'ib');
    const known = { ...school('De Klimop', { pair: true }), ib: { name: 'Marloes', email: ib?.email ?? '' } };
    await register(db, cohort, token, known);
    await register(db, cohort, token, school('De Linde'));
    // Two of De Hoek and one of De Klimop are there: the one place that is left is for its director.
    expect(await standing(db, cohort)).toEqual(['De Klimop next', 'De Linde waiting']);
    await registrations.save(db, cohort.trainer, cohort.id, 1, { ...SETTINGS, maxPeople: null }, NOW);
    await giveAll(db, cohort);
    const teams = await cohorts.listTakingPart(db, cohort.id);
    expect(teams.map(({ schoolName }) => schoolName)).toEqual(['De Hoek', 'De Klimop', 'De Linde']);
    expect(teams[1]?.team.map(({ role }) => role)).toContain('director');
  });
});

describe('giving very many places', () => {
  it('reads twice as much for twice as many schools, for nobody’s answer is saved meanwhile', async () => {
    const rowsFor = async (schools: number) => {
      const own = await make.makeCohort(db);
      const token = await openRegistration(db, own, { maxPeople: null });
      for (let index = 0; index < schools; index += 1) {
        await register(db, own, token, school(`School ${index} van ${schools}`, { pair: true }));
      }
      let rows = 0;
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => node,
        transformResult: ({ result }) => {
          rows += result.rows.length;
          return Promise.resolve(result);
        },
      };
      expect(await giveAll(db.withPlugin(plugin), own)).toEqual({ placed: schools, waiting: 0 });
      return rows;
    };
    const few = await rowsFor(10);
    expect(await rowsFor(20)).toBeLessThan(few * 2.2);
  });
});

describe('withdrawing', () => {
  it('takes names and addresses away at once, and gives the next its turn; the trainer hears of a place', async () => {
    const token = await openRegistration(db, cohort, { maxPeople: 1 });
    const first = await register(db, cohort, token, school('De Linde'));
    await register(db, cohort, token, school('De Brink'), new Date(NOW.getTime() + 1000));
    await giveAll(db, cohort);
    await withdrawing.withdrawOwn(db, cohort.secret, first.id, first.token, NOW);
    await withdrawing.withdrawOwn(db, cohort.secret, first.id, first.token, NOW);
    const row = await db.selectFrom('registration_entry').selectAll().where('id', '=', first.id).executeTakeFirst();
    expect(row).toMatchObject({ ib_name: null, ib_email: null, director_name: null, school_name: 'De Linde' });
    expect(await mails('withdrawn')).toEqual(['ib@de-linde.example']);
    expect(await db.selectFrom('mail').select('about').where('user_id', '=', cohort.trainer.userId).execute()).toEqual([
      { about: JSON.stringify({ registration: first.id, kind: 'free' }) },
    ]);
    expect(await standing(db, cohort)).toEqual(['De Brink next', 'De Linde withdrawn']);
    expect(await giveAll(db, cohort)).toEqual({ placed: 1, waiting: 0 });
    expect((await own(first.id, first.token)).mayChange).toBe(false);
    await register(db, cohort, token, school('De Linde'));
    expect(await standing(db, cohort)).toContain('De Linde waiting');
  });

  it('by the trainer is of the own cohort only, and needs no word to the trainer', async () => {
    const token = await openRegistration(db, cohort);
    const { id } = await register(db, cohort, token, school('De Linde'));
    const other = await make.makeCohort(db);
    const foreign = withdrawing.withdraw(db, other.trainer, other.id, id, NOW);
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
    await withdrawing.withdraw(db, cohort.trainer, cohort.id, id, NOW);
    expect(await standing(db, cohort)).toEqual(['De Linde withdrawn']);
    expect(await mails('free')).toEqual([]);
  });
});

describe('changing a registration', () => {
  it('keeps its turn; another address of the IB’er ends the link and is told, as is the one before', async () => {
    const token = await openRegistration(db, cohort);
    const entry = await register(db, cohort, token, school('De Linde'));
    const at = { entryId: entry.id, token: entry.token, version: 1 };
    const given = { ...school('De Linde'), ib: { name: 'Nieuw', email: 'nieuw@de-linde.example' } };
    const next = await entering.change(db, cohort.secret, at, given, NOW);
    await expect(own(entry.id, entry.token)).rejects.toMatchObject({ code: 'link_unknown' });
    expect((await own(entry.id, next)).entry).toMatchObject({ arrivedAt: NOW.toISOString(), version: 2 });
    expect([await mails('changed'), await mails('moved')]).toEqual([
      ['nieuw@de-linde.example'],
      ['ib@de-linde.example'],
    ]);
    const stale = entering.change(db, cohort.secret, { ...at, token: next }, given, NOW);
    await expect(stale).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });

  it('is refused for a school that another registered, and once there is a place', async () => {
    const token = await openRegistration(db, cohort);
    await register(db, cohort, token, school('De Brink'));
    const entry = await register(db, cohort, token, school('De Linde'));
    const at = { entryId: entry.id, token: entry.token, version: 1 };
    const taken = entering.change(db, cohort.secret, at, { ...school('De Brink') }, NOW);
    await expect(taken).rejects.toMatchObject({ code: 'registration_taken' });
    await giveAll(db, cohort);
    const placed = entering.change(db, cohort.secret, { ...at, version: 2 }, school('De Linde'), NOW);
    await expect(placed).rejects.toMatchObject({ code: 'registration_placed' });
  });
});
