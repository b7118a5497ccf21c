import { beforeEach, describe, expect, it } from 'vitest';
import { isBrin } from '#lib/server/cohorts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const given = { name: 'Rivierenrand', programme: 'Leergang', partnership: 'SWV De Brug', trainerSeesSchools: false };
const school = (name: string, brin: string | null) => ({
  ...{ school: { name, brin }, director: null, teachers: [] },
  ib: { name: 'Sanne Bakker', email: 'sanne@school.example' },
});

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Eerste cohort' });
});

const add = (to: make.TestCohort, what: Parameters<typeof cohorts.addSeries>[3]) =>
  db.transaction().execute((trx) => cohorts.addSeries(trx, to.trainer, to.id, what));

describe('a cohort', () => {
  it('belongs to the trainer who made it, with its programme and partnership', async () => {
    expect(await cohorts.get(db, cohort.trainer, cohort.id)).toMatchObject({
      ...{ name: 'Eerste cohort', programmeName: 'De excellent communicerende IB’er' },
      ...{ partnershipName: 'Samenwerkingsverband De Brug', trainerSeesSchools: false },
    });
    const own = await cohorts.listOwn(db, cohort.trainer);
    expect(own.map(({ id }) => id)).toEqual([cohort.id]);
  });

  it('is not there for another trainer, an administrator or the operator', async () => {
    const other = await make.makeCohort(db);
    const admin = await make.makeTrainer(db, { admin: true });
    for (const actor of [other.trainer, admin, { kind: 'operator' } as const]) {
      await expect(cohorts.get(db, actor, cohort.id)).rejects.toEqual(refused('forbidden'));
    }
    expect(await cohorts.listOwn(db, { kind: 'operator' })).toEqual([]);
    await expect(cohorts.get(db, cohort.trainer, 'no-such-cohort')).rejects.toEqual(refused('not_found'));
  });

  it('is made by trainers only', async () => {
    const guest = { ...cohort.trainer, trainer: false };
    await expect(cohorts.create(db, guest, given)).rejects.toEqual(refused('forbidden'));
  });

  it('has a name of its own, also after a change', async () => {
    const { trainer } = cohort;
    await expect(cohorts.create(db, trainer, { ...given, name: 'Eerste cohort' })).rejects.toEqual(
      refused('cohort_name_taken'),
    );
    const second = await make.makeCohort(db, { name: 'Tweede cohort', trainer });
    const change = { name: 'Eerste cohort', programme: null, trainerSeesSchools: false };
    await expect(cohorts.change(db, second.trainer, second.id, 1, change)).rejects.toEqual(
      refused('cohort_name_taken'),
    );
    await cohorts.change(db, second.trainer, second.id, 1, { ...change, name: 'Tweede cohort' });
    expect((await cohorts.get(db, second.trainer, second.id)).name).toBe('Tweede cohort');
  });

  it('shares programme and partnership with a cohort that names the same', async () => {
    const { trainer } = cohort;
    const one = await cohorts.create(db, trainer, given);
    const two = await cohorts.create(db, { ...trainer, cohortIds: [one] }, { ...given, name: 'Ander cohort' });
    const own = { ...trainer, cohortIds: [one, two] };
    const [first, second] = [await cohorts.get(db, own, one), await cohorts.get(db, own, two)];
    expect(first.programmeId).toBe(second.programmeId);
  });
});

describe('a programme with cohorts of other trainers', () => {
  it('is not joined by naming it, neither with a new cohort nor with one that is there', async () => {
    await cohorts.create(db, cohort.trainer, given);
    const other = await make.makeTrainer(db);
    const joining = cohorts.create(db, other, { ...given, name: 'Van een ander' });
    await expect(joining).rejects.toEqual(refused('programme_of_others'));
    const own = await cohorts.create(db, other, { ...given, name: 'Van een ander', programme: 'Eigen leergang' });
    const moved = { name: 'Van een ander', programme: given, trainerSeesSchools: false };
    await expect(cohorts.change(db, { ...other, cohortIds: [own] }, own, 1, moved)).rejects.toEqual(
      refused('programme_of_others'),
    );
  });

  it('is joined by who was made trainer of one of them, and by anybody once none is left', async () => {
    const first = await cohorts.create(db, cohort.trainer, given);
    const other = await make.makeTrainer(db);
    const second = await cohorts.create(db, { ...other, cohortIds: [first] }, { ...given, name: 'Erbij' });
    const programme = { programme: 'Elders', partnership: 'SWV Elders' };
    for (const [id, name] of [
      [first, given.name],
      [second, 'Erbij'],
    ] as const) {
      const trainer = { ...other, cohortIds: [id] };
      await cohorts.change(db, trainer, id, 1, {
        name,
        programme: name === 'Erbij' ? programme : null,
        trainerSeesSchools: false,
      });
    }
    await expect(cohorts.create(db, await make.makeTrainer(db), { ...given, name: 'Opnieuw' })).resolves.toEqual(
      expect.any(String),
    );
  });
});

describe('two trainers who change the same cohort', () => {
  const change = { name: 'Eerste cohort', programme: null, trainerSeesSchools: false };

  it('do not overwrite each other unseen: the second is told, and nothing changes', async () => {
    const { version } = await cohorts.get(db, cohort.trainer, cohort.id);
    await cohorts.change(db, cohort.trainer, cohort.id, version, { ...change, name: 'Van de een' });
    const second = cohorts.change(db, cohort.trainer, cohort.id, version, { ...change, name: 'Van de ander' });
    await expect(second).rejects.toEqual(refused('changed_meanwhile'));
    const now = await cohorts.get(db, cohort.trainer, cohort.id);
    expect(now).toMatchObject({ name: 'Van de een', version: version + 1 });
    await cohorts.change(db, cohort.trainer, cohort.id, now.version, { ...change, name: 'Van de ander' });
    expect((await cohorts.get(db, cohort.trainer, cohort.id)).name).toBe('Van de ander');
  });

  it('give no version that is none', async () => {
    const attempt = cohorts.change(db, cohort.trainer, cohort.id, Number.NaN, { ...change, name: 'Anders' });
    await expect(attempt).rejects.toEqual(refused('changed_meanwhile'));
  });
});

describe('the programme of a cohort', () => {
  it('changes with its partnership, and may be none', async () => {
    const programme = { programme: 'Samenwerken met ouders', partnership: 'SWV Elders' };
    const change = { name: 'Eerste cohort', programme, trainerSeesSchools: false };
    await cohorts.change(db, cohort.trainer, cohort.id, 1, change);
    expect(await cohorts.get(db, cohort.trainer, cohort.id)).toMatchObject({
      ...{ programmeName: 'Samenwerken met ouders', partnershipName: 'SWV Elders' },
    });
    await cohorts.change(db, cohort.trainer, cohort.id, 2, { ...change, programme: null });
    expect((await cohorts.get(db, cohort.trainer, cohort.id)).programmeId).toBeNull();
  });
});

describe('whether the trainer sees single schools', () => {
  const seeing = { name: 'Eerste cohort', programme: null, trainerSeesSchools: true };

  it('may change as long as nobody has opened a form', async () => {
    await make.addSeries(db, cohort);
    await make.openRound(db, cohort);
    expect(await cohorts.isLocked(db, cohort.id)).toBe(false);
    await cohorts.change(db, cohort.trainer, cohort.id, 1, seeing);
    expect((await cohorts.get(db, cohort.trainer, cohort.id)).trainerSeesSchools).toBe(true);
  });

  it('is fixed from the first form on; the name is not', async () => {
    await make.addSeries(db, cohort);
    const { invited } = await make.openRound(db, cohort);
    await make.enter(db, make.inRole(invited, 'teacher'));
    expect(await cohorts.isLocked(db, cohort.id)).toBe(true);
    await expect(cohorts.change(db, cohort.trainer, cohort.id, 1, seeing)).rejects.toEqual(refused('setting_locked'));
    await cohorts.change(db, cohort.trainer, cohort.id, 1, {
      ...seeing,
      name: 'Nieuwe naam',
      trainerSeesSchools: false,
    });
    expect(await cohorts.get(db, cohort.trainer, cohort.id)).toMatchObject({
      ...{ name: 'Nieuwe naam', trainerSeesSchools: false },
    });
  });

  it('is changed by the own trainer only', async () => {
    const other = await make.makeCohort(db);
    await expect(cohorts.change(db, other.trainer, cohort.id, 1, seeing)).rejects.toEqual(refused('forbidden'));
  });
});

describe('a school', () => {
  it.each(['12AB', '12ab', ' 12AB00 ', '99ZZ01'])('may have the BRIN %j', (brin) => {
    expect(isBrin(brin)).toBe(true);
  });
  it.each(['', '1AB', 'AB12', '12AB0', '12AB000', '12A4'])('may not have the BRIN %j', (brin) => {
    expect(isBrin(brin)).toBe(false);
  });

  it('is known by its BRIN, with or without the site, whatever the name says', async () => {
    await add(cohort, school('De Wingerd', '12AB'));
    const other = await make.makeCohort(db);
    await add(other, school('Basisschool De Wingerd', '12ab00'));
    const [one] = await cohorts.listSeries(db, cohort.id);
    const [two] = await cohorts.listSeries(db, other.id);
    expect(two?.schoolId).toBe(one?.schoolId);
    expect(two).toMatchObject({ schoolName: 'De Wingerd', brin: '12AB00' });
  });

  it('without a BRIN is known by its name, and is not the school of that name with a BRIN', async () => {
    await add(cohort, school('De Wingerd', null));
    await add(cohort, school('De Wingerd', '12AB'));
    const series = await cohorts.listSeries(db, cohort.id);
    expect(new Set(series.map(({ schoolId }) => schoolId)).size).toBe(2);
    await expect(add(cohort, school('De Wingerd', null))).rejects.toEqual(refused('series_exists'));
  });

  it('may have two IB’ers, and an IB’er three schools: each is a series', async () => {
    await add(cohort, school('De Wingerd', null));
    await add(cohort, { ...school('De Wingerd', null), ib: { name: 'Els Kuiper', email: 'els@school.example' } });
    await add(cohort, school('De Klimop', null));
    const series = await cohorts.listSeries(db, cohort.id);
    expect(series.map(({ schoolName, rateeName }) => `${schoolName}: ${rateeName}`)).toEqual([
      'De Klimop: Sanne Bakker',
      'De Wingerd: Els Kuiper',
      'De Wingerd: Sanne Bakker',
    ]);
  });

  it('is added to the own cohort only', async () => {
    const other = await make.makeCohort(db);
    const adding = cohorts.addSeries(db, other.trainer, cohort.id, school('De Wingerd', null));
    await expect(adding).rejects.toEqual(refused('forbidden'));
  });
});

describe('a team', () => {
  const director = { name: 'Joost van Dalen', email: 'joost@school.example' };
  let seriesId: string;
  beforeEach(async () => {
    seriesId = await add(cohort, school('De Wingerd', null));
  });
  const join = (role: 'director' | 'teacher', person: cohorts.NewPerson) =>
    db.transaction().execute((trx) => cohorts.addMember(trx, cohort.trainer, seriesId, role, person));
  const team = async () => (await cohorts.getSeries(db, cohort.trainer, seriesId)).team;

  it('has one director', async () => {
    await join('director', director);
    const second = { name: 'Tweede', email: 'tweede@school.example' };
    await expect(join('director', second)).rejects.toEqual(refused('person_has_role'));
  });

  it('has everybody in one role, also when the address is written otherwise', async () => {
    await join('director', director);
    await expect(join('teacher', { ...director, email: ' JOOST@school.example' })).rejects.toEqual(
      refused('person_has_role'),
    );
    await expect(join('teacher', { name: 'Sanne', email: 'sanne@school.example' })).rejects.toEqual(
      refused('person_has_role'),
    );
  });

  it('takes teachers without an address, also two of one name', async () => {
    await join('teacher', { name: 'Jan', email: null });
    await join('teacher', { name: 'Jan', email: null });
    expect((await team()).filter((member) => member.role === 'teacher')).toHaveLength(2);
  });

  it('keeps its IB’er: a new one is a new series', async () => {
    const ib = (await team()).find((member) => member.role === 'ib');
    await expect(cohorts.removeMember(db, cohort.trainer, ib?.id ?? '')).rejects.toEqual(refused('ib_stays'));
  });

  it('lets somebody leave, once, and lets the same person join again', async () => {
    await join('director', director);
    const member = (await team()).find(({ role }) => role === 'director');
    const id = member?.id ?? '';
    expect((await cohorts.removeMember(db, cohort.trainer, id)).personId).toBe(member?.personId);
    await expect(cohorts.removeMember(db, cohort.trainer, id)).rejects.toEqual(refused('not_found'));
    await join('director', director);
    expect((await team()).map(({ role }) => role).sort()).toEqual(['director', 'ib']);
  });

  it('is seen and changed by the own trainer only', async () => {
    await join('director', director);
    const other = await make.makeCohort(db);
    const member = (await team()).find(({ role }) => role === 'director');
    await expect(cohorts.getSeries(db, other.trainer, seriesId)).rejects.toEqual(refused('forbidden'));
    await expect(cohorts.removeMember(db, other.trainer, member?.id ?? '')).rejects.toEqual(refused('forbidden'));
    await expect(cohorts.getSeries(db, cohort.trainer, 'no-such-series')).rejects.toEqual(refused('not_found'));
    const teacher = { name: 'Jan', email: null };
    await expect(cohorts.addMember(db, other.trainer, seriesId, 'teacher', teacher)).rejects.toEqual(
      refused('forbidden'),
    );
    await expect(cohorts.addMember(db, cohort.trainer, 'no-such-series', 'teacher', director)).rejects.toEqual(
      refused('not_found'),
    );
  });
});
