import { describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const named = { programme: 'Leergang', partnership: 'SWV Proef', trainerSeesSchools: false };

async function planned(db: Db, key: string, maker?: UserActor): Promise<{ id: string; trainer: UserActor }> {
  await templates.ensureShipped(db);
  const trainer = maker ?? (await make.makeTrainer(db));
  const template = await templates.findNewest(db, key);
  const start = { templateId: template?.id ?? '', startsOn: '2026-09-03', locale: 'nl' as const };
  const id = await newCohorts.makeCohort(db, trainer, { name: `Cohort ${key}`, ...named, start });
  return { id, trainer: { ...trainer, cohortIds: [id] } };
}

describe('templates that ship', () => {
  it('are three, loaded once, with the two short lists', async () => {
    const db = await testDatabase();
    await templates.ensureShipped(db);
    await templates.ensureShipped(db);
    const trainer = await make.makeTrainer(db);
    const usable = await templates.listUsable(db, trainer);
    expect(usable.map(({ key }) => key)).toEqual([
      ...['de-excellent-communicerende-iber', 'samenwerken-met-ouders', 'samenwerken-onder-spanning'],
    ]);
    expect((await instruments.list(db)).filter(({ status }) => status === 'published')).toHaveLength(3);
  });

  it('name lists that are there and aspects of them', async () => {
    const db = await testDatabase();
    await templates.ensureShipped(db);
    const versions = await instruments.list(db);
    for (const { template } of await templates.listUsable(db, await make.makeTrainer(db))) {
      for (const { list, aspects } of template.ambitions) {
        const version = versions.find(({ key }) => key === list);
        const { aspectIds } = await instruments.load(db, version?.id ?? '');
        expect(aspects.filter((code) => !aspectIds.has(code))).toEqual([]);
        expect(template.lists).toContain(list);
      }
    }
  });
});

describe('a cohort made from a template', () => {
  it('has its plan, its first round to open by hand, and its programme the ambitions', async () => {
    const db = await testDatabase();
    const { id, trainer } = await planned(db, 'de-excellent-communicerende-iber');
    const { programmeId } = await cohorts.get(db, trainer, id);
    const plan = await plans.planOfCohort(db, id);
    expect([plan.sessions.length, plan.assignments.length, plan.rounds.length]).toEqual([24, 3, 4]);
    expect(plan.startsOn).toBe('2026-09-03');
    const list = await rounds.list(db, id);
    expect(list.map(({ name, status, opensOn }) => [name, status, opensOn])).toEqual([['T0', 'planned', null]]);
    expect(await ambitions.ofProgramme(db, programmeId ?? '')).toHaveLength(4);
  });

  it('asks the list of its template', async () => {
    const db = await testDatabase();
    const { id } = await planned(db, 'samenwerken-onder-spanning');
    const [round] = await rounds.list(db, id);
    const version = (await instruments.list(db)).find((each) => each.id === round?.instrumentVersionId);
    expect(version?.key).toBe('samenwerken-onder-spanning');
    expect(await newCohorts.usualListOf(db, id)).toBe(version?.id);
  });

  it('adds no ambitions to a programme that has its own', async () => {
    const db = await testDatabase();
    const { id, trainer } = await planned(db, 'de-excellent-communicerende-iber');
    const { programmeId } = await cohorts.get(db, trainer, id);
    await planned(db, 'samenwerken-met-ouders', trainer);
    expect(await ambitions.ofProgramme(db, programmeId ?? '')).toHaveLength(4);
  });

  it('is nobody’s to read but its trainer’s and its steering group’s', async () => {
    const db = await testDatabase();
    const { id, trainer } = await planned(db, 'de-excellent-communicerende-iber');
    const { programmeId } = await cohorts.get(db, trainer, id);
    const programme = programmeId ?? '';
    const other = await make.makeTrainer(db);
    await expect(plans.readIn(db, other, programme, id)).rejects.toMatchObject({ code: 'forbidden' });
    const steering: UserActor = { ...other, trainer: false, programmeIds: [programme] };
    expect((await plans.readIn(db, steering, programme, id)).sessions).toHaveLength(24);
    // Of two programmes that somebody follows each has its own cohorts.
    const elsewhere = await cohorts.create(db, trainer, {
      ...{ name: 'Elders', programme: 'Een andere leergang', partnership: 'Elders', trainerSeesSchools: false },
    });
    const both = { ...trainer, cohortIds: [id, elsewhere] };
    await expect(plans.readIn(db, both, programme, elsewhere)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is made with everything or not at all', async () => {
    const db = await testDatabase();
    const trainer = await make.makeTrainer(db);
    const start = { templateId: 'unknown', startsOn: '2026-09-03', locale: 'nl' as const };
    const made = newCohorts.makeCohort(db, trainer, { name: 'Cohort', ...named, start });
    await expect(made).rejects.toMatchObject({ code: 'not_found' });
    expect(await cohorts.findByName(db, 'Cohort')).toBeNull();
  });

  it('keeps the ambitions that name a list which is used for no new rounds any more', async () => {
    const db = await testDatabase();
    await templates.ensureShipped(db);
    const list = await ambitions.newestOf(db, 'samenwerken-met-ouders');
    await drafts.retire(db, { kind: 'operator' }, list.id);
    expect((await ambitions.newestOf(db, 'samenwerken-met-ouders')).id).toBe(list.id);
  });
});
