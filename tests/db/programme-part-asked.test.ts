import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/permissions.ts';
import { toProgramme } from '#lib/programme-page/to-programme.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

/** A programme with a list that leaves something out: what was not asked is said to be just that. */

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { trainer: await make.makeTrainer(db, { admin: true }) });
  for (let index = 0; index < 5; index += 1) await make.addSeries(db, cohort, { teachers: 0 });
});

/** The shipped list without teachers and without scale questions, published. */
async function smallList(): Promise<string> {
  const { roles, competencies, ...shipped } = shippedInstrument();
  const id = await drafts.addImported(db, cohort.trainer, {
    ...{ ...shipped, key: 'for-two', version: '1' },
    roles: roles.filter(({ key }) => key !== 'teacher'),
    competencies: competencies.map(({ scaleQuestion: _, ...competency }) => competency),
  });
  await drafts.publish(db, cohort.trainer, id, 1);
  return id;
}

async function measure(instrumentVersionId?: string): Promise<void> {
  const { id, invited } = await make.openRound(db, cohort, instrumentVersionId ? { instrumentVersionId } : {});
  for (const person of invited) await make.fillAndSubmit(db, person, () => (person.role === 'ib' ? 3 : 4));
  await rounds.close(db, cohort.trainer, id);
  const schools = await rounds.progress(db, cohort.trainer, id);
  const released = schools.map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, released);
}

async function course(actor: Actor = cohort.trainer) {
  const { id } = await db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
  const found = await programmes.course(db, actor, id, new Date());
  return { own: found.cohorts[0], part: toProgramme(found, 'nl').cohorts[0] };
}

describe('the course of a programme whose list asks no teachers and no scale question', () => {
  it('says of teachers that they were not asked, in the response and beside the other views', async () => {
    const list = await smallList();
    await measure(list);
    await measure(list);
    const { own, part } = await course();
    const response = own?.rounds.at(-1)?.response.byView;
    expect(response).toMatchObject({
      director: { invited: 5, answered: 5 },
      teacher: { invited: null, answered: null, reason: 'not_asked' },
    });
    expect(own?.sinceStart[0]?.distances.map(({ pair, reason }) => [pair, reason])).toEqual([
      ['ib_director', 'hidden_cells'], // a trainer's, of few schools (decision 213)
      ['ib_teacher', 'not_asked'],
      ['director_teacher', 'not_asked'],
    ]);
    expect(part?.response.caption).toContain('100%');
    const [line] = part?.response.lines ?? [];
    expect(line?.cells.map(({ view, told }) => [view, told.text])).toEqual([
      ['director', '5 van 5'],
      ['ib', '5 van 5'],
      ['teacher', 'niet gevraagd'],
    ]);
  });

  it('has no look-back at all', async () => {
    const list = await smallList();
    await measure(list);
    await measure(list);
    const { own, part } = await course();
    expect(own?.sinceStart[0]?.lookBack).toEqual([]);
    expect(part?.lookBack).toBeNull();
  });

  it('has one where both rounds ask it, also while too few answered it', async () => {
    await measure();
    await measure();
    const { own, part } = await course();
    expect(own?.sinceStart[0]?.lookBack).toMatchObject([{ triple: null, reason: 'too_few_schools' }]);
    expect(part?.lookBack?.caption).toContain('minder dan vijf');
    expect(own?.rounds[0]?.response.byView?.teacher).toEqual({ invited: 0, answered: 0 });
  });
});
