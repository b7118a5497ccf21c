import { beforeEach, describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import * as files from '#lib/server/cohort-files/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as exports from '#lib/server/exports/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { cohortReport } from '#lib/server/reports/service.ts';
import { schoolValues } from '#lib/server/reports/school-values-service.ts';
import { sharedReports } from '#lib/server/reports/shared-service.ts';
import type { RoundChange } from '#lib/server/reports/round-change.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { closedRound } from '../support/school-reports.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

/** Three aspects of the first competency and one of the second, not in the order of the list. */
const ASKED = ['C2.03', 'C1.04', 'C1.01', 'C1.09'];

let db: Db;
let cohort: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
});

const whole = () => make.openRound(db, cohort, { name: 'T0' });
const pulse = (aspects: readonly string[] = ASKED) => make.openRound(db, cohort, { name: 'K1', aspects });

describe('the form of a pulse', () => {
  it('has the chosen aspects alone, in the order of the list', async () => {
    await whole();
    const { invited } = await pulse();
    const { form } = await make.enter(db, make.inRole(invited, 'teacher'));
    const { instrument } = await responses.instrumentOf(db, form);
    expect(instrument.competencies.map(({ code }) => code)).toEqual(['C1', 'C2']);
    expect([...(await responses.instrumentOf(db, form)).aspectIds.keys()]).toEqual([
      'C1.01',
      'C1.04',
      'C1.09',
      'C2.03',
    ]);
  });

  it('refuses what it does not ask, by itself and with a page', async () => {
    await whole();
    const { invited } = await pulse();
    const { form } = await make.enter(db, make.inRole(invited, 'ib'));
    const given = make.answer({ score: 4 });
    await answers.save(db, form, 'C1.01', given, 1);
    await expect(answers.save(db, form, 'C1.02', given, 1)).rejects.toEqual(refused('unknown_aspect'));
    const page = ['C1.04', 'C1.02'].map((code) => ({ code, before: make.answer(), after: given }));
    await expect(answers.savePage(db, form, { aspects: page, scales: [] })).rejects.toEqual(refused('unknown_aspect'));
    expect(Object.keys((await answers.load(db, form)).aspects)).toEqual(['C1.01']);
  });

  it('asks the scale question where it asks an aspect, and nowhere else', async () => {
    await whole();
    const { invited } = await pulse();
    const { form } = await make.enter(db, make.inRole(invited, 'ib'));
    await answers.saveScale(db, form, 'C2', { value: 6, notes: [] }, 1);
    await expect(answers.saveScale(db, form, 'C3', { value: 6, notes: [] }, 1)).rejects.toEqual(
      refused('unknown_aspect'),
    );
  });

  it('never looks back: that belongs to a programme year', async () => {
    await whole();
    const { invited } = await pulse();
    const ib = make.inRole(invited, 'ib');
    const { form } = await make.fillAndSubmit(db, ib);
    expect(form.looksBack).toBe(false);
    await expect(answers.saveLookBack(db, form, 'C1', 5, 1)).rejects.toEqual(refused('look_back_not_available'));
    expect(invitations.stateOf(await invitations.follow(db, ib.secret, ib.token))).toBe('submitted');
  });
});

const four = () => 4;
const answered = { director: () => 3, ib: four, teachers: [four, four, () => 5] };

describe('the report of a pulse', () => {
  it('counts what was asked: half of it, or all where that is five or less', async () => {
    const { cohort: own } = await closedRound(db, answered);
    const two = (code: string) => (code === 'C1.01' ? null : 4);
    const { schoolRoundId, ib } = await closedRound(
      db,
      { ...answered, director: two },
      { cohort: own, aspects: ASKED },
    );
    const { figures, pulse: told } = await reports.get(db, ib, schoolRoundId);
    expect(figures.competencies.map(({ code, aspects }) => [code, aspects])).toEqual([
      ['C1', 3],
      ['C2', 1],
    ]);
    const [first, second] = figures.competencies;
    expect(first?.views.director).toMatchObject({ score: null, judged: 2, reason: 'too_few_judged' });
    expect(first?.views.ib).toMatchObject({ score: 4, judged: 3 });
    expect(second?.views.director).toMatchObject({ score: 4, judged: 1 });
    expect(told?.notAsked).toHaveLength(2);
    expect(figures.aspects.map(({ code }) => code)).toEqual(['C1.01', 'C1.04', 'C1.09', 'C2.03']);
  });

  it('compares with a whole round over what both asked, and the next whole round with both', async () => {
    const { cohort: own } = await closedRound(db, answered);
    const higher = { ...answered, ib: () => 5 };
    const { schoolRoundId, ib } = await closedRound(db, higher, { cohort: own, aspects: ASKED });
    const change = (await reports.get(db, ib, schoolRoundId)).earlier[0]?.change.filter(({ view }) => view === 'ib');
    expect(change).toMatchObject([
      { competency: 'C1', change: 1, common: 3, band: 'clearly_higher' },
      { competency: 'C2', change: 1, common: 1 },
    ]);
    const next = await closedRound(db, answered, { cohort: own });
    const { earlier, place, balances } = await reports.get(db, next.ib, next.schoolRoundId);
    expect(place).toBe(2);
    expect(earlier.map(({ name, isPulse }) => [name.round, name.place, isPulse])).toEqual([
      ['T0', 1, false],
      ['T1', null, true],
    ]);
    expect(earlier[0]?.change).toHaveLength(12);
    expect(earlier[1]?.change.map(({ competency }) => competency)).toEqual(['C1', 'C2', 'C1', 'C2', 'C1', 'C2']);
    expect(balances?.[1]?.start?.round).toBe('T0');
  });

  it('has no balance and no looking back: both are of the whole list', async () => {
    const scales = { now: 6 };
    const { cohort: own } = await closedRound(db, answered, { scales });
    const { schoolRoundId, ib } = await closedRound(db, answered, { cohort: own, aspects: ASKED, scales });
    expect(await reports.get(db, ib, schoolRoundId)).toMatchObject({ balances: null, lookBack: null, place: null });
  });

  it('says of a competency that was not asked, as JSON, just that', async () => {
    const { cohort: own } = await closedRound(db, answered);
    await closedRound(db, answered, { cohort: own, aspects: ASKED });
    const operator = { kind: 'operator' } as const;
    const [line] = await Array.fromAsync(reports.lines(db, operator, own.id, { round: 'T1' }));
    const third = line?.competencies.find(({ code }) => code === 'C3');
    expect(third).toMatchObject({
      aspects: 0,
      class: 'insufficient',
      views: { ib: { score: null, reason: 'not_asked' } },
    });
    expect(Object.values(third?.gaps ?? {}).map(({ reason }) => reason)).toEqual(Array(3).fill('not_asked'));
  });

  it('is summed over schools for what was asked, and compared with a whole round over what both asked', async () => {
    const { cohort: own } = await closedRound(db, answered);
    await closedRound(db, { ...answered, ib: () => 5 }, { cohort: own, aspects: ASKED });
    const { views, clarity } = await cohortReport(db, { kind: 'operator' }, own.id, 'T1');
    expect(views.map(({ competency }) => competency)).toEqual(Array(3).fill(['C1', 'C2']).flat());
    expect(clarity.map(({ aspect }) => aspect).toSorted()).toEqual(ASKED.toSorted());
    const stored = await db.selectFrom('round_change').select('document').executeTakeFirstOrThrow();
    const change = JSON.parse(stored.document) as RoundChange;
    expect(change.apart).toEqual([]);
    expect(change.aspects.map(({ code }) => code)).toEqual(ASKED.toSorted());
    expect(change.views.map(({ view, competency, sums }) => [view, competency, sums?.change.mean])).toContainEqual([
      ...['ib', 'C1', 1],
    ]);
  });
});

it('an export of a pulse has rows for what was asked, and none that would say "not answered" of the rest', async () => {
  const { cohort: own } = await closedRound(db, answered);
  await closedRound(db, answered, { cohort: own, aspects: ASKED });
  const operator = { kind: 'operator' } as const;
  const { name } = await cohorts.get(db, own.trainer, own.id);
  const { blocks, instruments, ...counted } = await exports.exportResponses(db, db, operator, { id: own.id, name });
  const entries = (await Array.fromAsync(blocks)).flat();
  expect(counted.rows).toBe(entries.length);
  const rows = entries.filter(({ round }) => round === 'T1');
  expect(rows).toHaveLength(5 * ASKED.length);
  expect(new Set(rows.map(({ aspect }) => aspect))).toEqual(new Set(ASKED));
  expect(instruments.map(({ competencies }) => competencies.length)).toEqual([4]);
});

describe('a pulse in a cohort whose schools the trainer may see', () => {
  it('is in its files, with the rows that the page promised', async () => {
    const own = await make.makeCohort(db, { trainerSeesSchools: true });
    for (const school of ['De Wingerd', 'B', 'C', 'D', 'E']) await make.addSeries(db, own, { school, teachers: 3 });
    await closedRound(db, answered, { cohort: own });
    const { round } = await closedRound(db, answered, { cohort: own, aspects: ASKED });
    const schools = await rounds.progress(db, own.trainer, round.id);
    await rounds.release(
      ...([db, own.trainer, round.id] as const),
      schools.filter(({ releasedAt }) => releasedAt === null).map(({ schoolRoundId }) => schoolRoundId),
    );
    const { rows } = await files.contents(db, own.trainer, round.id, 'round');
    const shared = await Array.fromAsync(sharedReports(db, own.trainer, round.id));
    expect(shared.map(({ figures }) => figures.competencies.map(({ code }) => code))).toEqual(
      Array(5).fill(['C1', 'C2']),
    );
    expect(rows.schools).toBeGreaterThan(0);
    const values = await schoolValues(db, own.trainer, round.id);
    expect(values?.schools.map(({ aspects }) => aspects.size)).toEqual(Array(5).fill(ASKED.length));
  });
});
