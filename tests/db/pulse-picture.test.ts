import { expect, it } from 'vitest';
import { toAspect } from '#lib/dashboard-page/to-aspect.ts';
import { toDashboard } from '#lib/dashboard-page/to-dashboard.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const ASKED = ['C1.01', 'C1.02', 'C4.01'];

it('the picture of a pulse round has what it asked, and no word of the rest as missing', async () => {
  const db = await testDatabase();
  const cohort = await make.makeCohort(db, { trainerSeesSchools: true });
  for (let school = 0; school < 6; school += 1) {
    await make.addSeries(db, cohort, { director: `Directeur ${school}`, ib: `IB ${school}` });
  }
  const whole = await make.openRound(db, cohort); // a pulse comes after a whole round
  await rounds.close(db, cohort.trainer, whole.id);
  const { id, invited } = await make.openRound(db, cohort, { name: 'P1', aspects: ASKED });
  for (const person of invited) await make.fillAndSubmit(db, person, () => (person.role === 'ib' ? 5 : 3));
  await rounds.close(db, cohort.trainer, id);
  const schools = await rounds.progress(db, cohort.trainer, id);
  const ids = schools.map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(db, cohort.trainer, id, ids.slice(0, 5));

  const found = await dashboards.get(db, cohort.trainer, id);
  if (!dashboards.hasFigures(found)) throw new Error('the round has not closed');
  const page = toDashboard(found, 'nl');
  expect(page.heat).toMatchObject({ count: ASKED.length });
  expect(page.competencies.rows.map(({ code }) => code)).toEqual(['C1', 'C4']);
  const trained = page.next.parts.flatMap(({ groups }) => groups.flatMap(({ aspects }) => aspects));
  expect(trained.map(({ code }) => code)).toEqual(ASKED);
  // Five reports are released: the picture is over those, and the other is said to wait.
  expect(page.schools.rows).toHaveLength(5);
  expect(page.leftOut).toContain('1 van de 6 rapporten is nog niet vrijgegeven');
  expect(page.schools.rows[0]?.cells.map(({ competency }) => competency)).toEqual(['C1', 'C4']);

  const withRounds = await dashboards.withRounds(db, cohort.trainer, id, 'C1.01');
  if (!withRounds) throw new Error('the round has not closed');
  const aspect = toAspect(withRounds, 'C1.01', 'nl');
  expect(aspect.figure.rows[0]?.lanes.map((lane) => ('dots' in lane ? lane.dots : null))).toEqual([
    [3, 3, 3, 3, 3],
    [5, 5, 5, 5, 5],
    [3, 3, 3, 3, 3],
  ]);
  expect(aspect.next?.code).toBe('C1.02');
  expect(() => toAspect(withRounds, 'C2.01', 'nl')).toThrow('not_found');
});
