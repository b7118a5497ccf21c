import { beforeEach, describe, expect, it } from 'vitest';
import type { Aspect, Instrument } from '#lib/instrument/schema.ts';
import { toPage } from '#lib/report-page/to-page.ts';
import type { Db } from '#lib/server/db/open.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { testDatabase } from '../support/database.ts';
import { closedRound, type ClosedRound } from '../support/school-reports.ts';

const AS_BEFORE = () => 3;
const before = { director: AS_BEFORE, ib: AS_BEFORE, teachers: [AS_BEFORE, AS_BEFORE, AS_BEFORE] };
const CODES = { advising: 'C3', coaching: 'C4' };

let db: Db;
let first: ClosedRound;
beforeEach(async () => {
  db = await testDatabase();
  first = await closedRound(db, before);
});

/** The shipped list with other words for the aspects whose code begins so. */
function reworded(...starts: string[]): Instrument {
  const list = shippedInstrument();
  const anew = (aspect: Aspect): Aspect =>
    starts.some((start) => aspect.code.startsWith(start))
      ? { ...aspect, self: { nl: `${aspect.self.nl} Altijd.`, en: `${aspect.self.en} Always.` } }
      : aspect;
  const competencies = list.competencies.map((competency) => ({
    ...competency,
    clusters: competency.clusters.map((cluster) => ({ ...cluster, aspects: cluster.aspects.map(anew) })),
  }));
  return { ...list, version: '2.0.0', competencies };
}

/** The list with the last word of its scale replaced. */
function otherScale(): Instrument {
  const list = shippedInstrument();
  const labels = list.scale.labels.map((label) => (label.value === 5 ? { ...label, nl: 'helemaal' } : label));
  return { ...list, version: '2.0.0', scale: { ...list.scale, labels } };
}

/** The next round with this list, in which the IB'er scores 5 where the code begins so and 3 elsewhere; its report. */
async function nextReport(list: Instrument, start: string): Promise<reports.SchoolReport> {
  await db.transaction().execute((trx) => instruments.ensureShipped(trx, list));
  const instrumentVersionId = (await instruments.find(db, list.key, list.version))?.id ?? '';
  const ib = (code: string) => (code.startsWith(start) ? 5 : 3);
  const given = { cohort: first.cohort, instrumentVersionId };
  const next = await closedRound(db, { ...before, ib }, given);
  return reports.get(db, next.ib, next.schoolRoundId);
}

const ofIb = ({ earlier }: reports.SchoolReport, competency: string) =>
  earlier[0]?.change.find((one) => one.view === 'ib' && one.competency === competency);

describe('the report of a school whose list was reworded since an earlier round', () => {
  it('compares only the aspects with the same words: new words make no change', async () => {
    const report = await nextReport(reworded('C1.01', 'C1.02'), 'C1.0');
    // C1.03 to C1.09 rose by two points; C1.01 and C1.02 did too, in other words.
    expect(ofIb(report, 'C1')).toMatchObject({ status: 'ok', common: 22, from: 3, to: 3 + (7 * 2) / 22 });
    expect(report.earlier[0]?.wording).toEqual({ sameScale: true, reworded: ['C1.01', 'C1.02'] });
  });

  it('says of a competency with too few of them just that, and has no balance since then', async () => {
    const report = await nextReport(reworded(CODES.coaching), CODES.coaching);
    expect(ofIb(report, CODES.coaching)).toMatchObject({ status: 'reworded', change: null, band: null });
    expect(ofIb(report, CODES.advising)).toMatchObject({ status: 'ok', change: 0 });
    expect(report.balances?.find(({ view }) => view === 'ib')).toMatchObject({ now: 2, start: null, shift: null });
  });

  it('compares nothing where the words of the scale changed', async () => {
    const report = await nextReport(otherScale(), 'C');
    expect(new Set(report.earlier[0]?.change.map(({ status }) => status))).toEqual(new Set(['reworded']));
    expect(report.balances?.map(({ start }) => start)).toEqual([null, null, null]);
    expect(report.earlier[0]?.wording).toEqual({ sameScale: false, reworded: [] });
    const caption = toPage(report, 'nl').rounds?.figure.caption ?? '';
    expect(caption).toContain('Bij meting T0 hadden de antwoorden andere woorden; daarmee vergelijken we niets.');
    expect(caption).not.toContain('geen duidelijke verandering');
    expect(caption).not.toContain('nergens');
  });

  it('tells how many aspects are not compared, and in place of a change why', async () => {
    const report = await nextReport(reworded('C1.01', CODES.coaching), 'C');
    const page = toPage(report, 'nl').rounds;
    expect(page?.figure.caption).toContain(
      '27 aspecten zijn nu anders verwoord dan bij meting T0; die vergelijken we daarmee niet.',
    );
    expect(page?.rows.filter(({ words }) => words === 'toen anders verwoord – niet vergelijkbaar')).toHaveLength(3);
    expect(toPage(report, 'en').rounds?.figure.caption).toContain('27 aspects are worded differently now');
  });

  it('tells nothing of words where they stayed', async () => {
    const next = await closedRound(db, before, { cohort: first.cohort });
    const report = await reports.get(db, next.ib, next.schoolRoundId);
    expect(report.earlier[0]?.wording).toEqual({ sameScale: true, reworded: [] });
    expect(toPage(report, 'nl').rounds?.figure.caption).not.toMatch(/verwoord|woorden/);
  });
});
