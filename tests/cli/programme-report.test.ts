import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgrammeReport } from '#lib/server/programmes/report-service.ts';
import { jsonLines, makeDesk, must, type Desk } from '../support/command-line.ts';

const NAME = "De excellent communicerende IB'er (voorbeeld)";

describe('programme-report', { timeout: 60_000 }, () => {
  let desk: Desk;
  let report: ProgrammeReport | undefined;
  beforeAll(async () => {
    desk = makeDesk();
    await must(desk.run('demo', 'load'));
    [report] = jsonLines<ProgrammeReport>(await must(desk.run('programme-report', '--programme', NAME, '--json')));
  }, 60_000);
  afterAll(() => {
    desk.remove();
  });

  it('has the figures of every cohort, each null with its reason', () => {
    expect(report?.cohorts.map(({ rounds }) => rounds.map(({ round }) => round))).toEqual([
      ['T0', 'T1', 'T2'],
      ['T0', 'T1', 'T2'],
      ['T0', 'T1', 'T2'],
    ]);
    for (const { rounds, change, distances, look_back: lookBack, ambitions } of report?.cohorts ?? []) {
      expect(change).toHaveLength(24);
      for (const row of change) expect(row.mean === null).toBe(row.reason !== undefined);
      for (const row of distances) expect(row.mean === null).toBe(row.reason !== undefined);
      for (const row of lookBack) expect(row.now === null).toBe(row.reason !== undefined);
      const wanted = ambitions.flatMap((ambition) => [...ambition.change, ...ambition.distances]);
      expect(wanted).toHaveLength(4 * 2 * 6);
      for (const row of wanted) expect(row.mean === null).toBe(row.reason !== undefined);
      for (const { clarity } of rounds) expect(clarity.alike === null).toBe(clarity.reason !== undefined);
    }
  });

  it('gives the change of cohort-report', async () => {
    const cohort = 'Rivierenrand (voorbeeld)';
    const asked = ['cohort-report', '--cohort', cohort, '--round', 'T2', '--from', 'T0', '--json'];
    const [other] = jsonLines<{ change: object[] }>(await must(desk.run(...asked)));
    const own = report?.cohorts.find((one) => one.cohort === cohort)?.change.filter(({ to }) => to === 'T2');
    expect(own).toMatchObject(other?.change ?? []);
    expect(own).toHaveLength(12);
  });

  it('is a table without --json, and refuses a programme that is not there', async () => {
    expect(await must(desk.run('programme-report', '--programme', NAME))).toContain('Rivierenrand (voorbeeld) · T0 11');
    expect(await desk.run('programme-report', '--programme', 'Geen')).toMatchObject({ status: 1 });
    const elsewhere = await desk.run('programme-report', '--programme', NAME, '--partnership', 'Een ander');
    expect(elsewhere.status).toBe(1);
  });
});
