import { beforeEach, describe, expect, it } from 'vitest';
import { toProgramme } from '#lib/programme-page/to-programme.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

/** A trainer who reads single schools, of which some reports are not released yet (docs/decisions.md, 186). */

const SCHOOLS = 6;
const RELEASED = 4;

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { trainerSeesSchools: true });
  for (let index = 0; index < SCHOOLS; index += 1) await make.addSeries(db, cohort, { teachers: 0 });
  await measure(SCHOOLS);
  await measure(RELEASED);
}, 60_000);

async function measure(released: number): Promise<void> {
  const { id, invited } = await make.openRound(db, cohort);
  for (const person of invited) await make.fillAndSubmit(db, person, () => (person.role === 'ib' ? 3 : 4));
  await rounds.close(db, cohort.trainer, id);
  const schools = await rounds.progress(db, cohort.trainer, id);
  const ids = schools.map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, ids.slice(0, released));
}

async function seen(actor: Actor) {
  const { id } = await db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
  const course = await programmes.course(db, actor, id, new Date());
  return { course, page: toProgramme(course, 'nl') };
}

describe('the page of a programme for a trainer who does not read all reports', () => {
  it('has the response and the number of schools over all of them', async () => {
    const { course, page } = await seen(cohort.trainer);
    expect(page.withheld).toEqual([]);
    expect(course.cohorts[0]?.rounds.map(({ schools }) => schools)).toEqual([SCHOOLS, SCHOOLS]);
    expect(page.cohorts[0]?.response.lines[1]).toMatchObject({
      schools: '6',
      cells: [{ told: { text: '6 van 6' } }, { told: { text: '6 van 6' } }, { told: { text: '0 van 0' } }],
    });
  });

  it('says over how many reports the figures are, and that there are too few of those', async () => {
    const { course, page } = await seen(cohort.trainer);
    expect(course.cohorts[0]?.rounds.map(({ leftOut }) => leftOut)).toEqual([null, { waiting: 2, own: 0, all: 6 }]);
    expect(page.lead.join(' ')).toContain('gaan over de rapporten die je leest: in T1 4 van de 6.');
    expect(page.title).toContain('waarvan je de rapporten leest');
    const [own] = page.cohorts;
    expect(own?.distance?.caption).toContain('waarvan je de rapporten leest');
    expect(own?.lookBack?.caption).toContain('van wie je de rapporten leest');
  });

  it('blames clarity that would tell of an unread report on no lack of schools', async () => {
    const { course, page } = await seen(cohort.trainer);
    const [, latest] = course.cohorts[0]?.rounds ?? [];
    if (latest) latest.clarity = { alike: null, counted: 90, withNoise: false, reason: 'hidden_cells' };
    expect(toProgramme(course, 'nl').cohorts[0]?.clarity.caption).toContain('wat enkele scholen hebben ingevuld');
    expect(page.cohorts[0]?.clarity.caption).not.toContain('wat enkele scholen');
  });

  it('says none of that to whoever reads no single school', async () => {
    const { page } = await seen({ kind: 'operator' });
    expect(page.lead.join(' ')).not.toContain('rapporten die je leest');
    expect(page.title).not.toContain('je de rapporten leest');
  });
});
