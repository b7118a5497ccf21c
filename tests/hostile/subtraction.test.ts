import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { App } from '#lib/server/app.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { CHARTS, get, textOf } from '../routes/downloads-support.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';

/**
 * What is withheld cannot be subtracted back out of what is shown (measurement.md §9): two cohorts that differ in
 * nothing but scores that are withheld are the same to whoever may see a report, in all that is shown of both rounds
 * together. What is the same tells nothing, whatever is done with it.
 */

/** Five schools, so that there are figures over schools. */
const SCHOOLS = 5;
const TEACHERS = 4;
const ROUNDS = ['T0', 'T1'];
/** Pairs of cohorts. */
const RUNS = Number(process.env['SUBTRACTION_RUNS'] ?? 1);
const FILES = [
  ...['report.pdf', 'aspects.csv', 'competencies.csv', 'figures.xlsx', 'triptych.svg', 'rounds.svg'],
  ...CHARTS,
];

/**
 * A school in a round: how many of its teachers submit, which of them does not agree to be recognised, and which is let in
 * again after submitting and answers otherwise. In the first round the last teacher joins while it is open.
 */
type SchoolPlan = { mode: Mode; submit: number; refuses: number | null; again: number | null };
/** Of `cells` answers a teacher cannot judge one: the fewer, the more cells are short. */
type Plan = { seed: number; cells: number; rounds: SchoolPlan[][] };

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(1_000_000),
  cells: fc.integer({ min: 3, max: 8 }),
  rounds: fc.array(
    fc.array(
      fc.record({
        mode: fc.constantFrom<Mode[]>('protected', 'protected', 'open'),
        submit: fc.nat(TEACHERS),
        refuses: fc.option(fc.nat(TEACHERS - 1), { freq: 3 }),
        again: fc.option(fc.nat(TEACHERS - 1), { freq: 1 }),
      }),
      { minLength: SCHOOLS, maxLength: SCHOOLS },
    ),
    { minLength: ROUNDS.length, maxLength: ROUNDS.length },
  ),
});

/** A number that always comes of the same words, from 0 up to `below`. */
function drawn(below: number, ...of: (string | number)[]): number {
  let hash = 2_166_136_261;
  for (const sign of of.join('|')) hash = Math.imul(hash ^ sign.charCodeAt(0), 16_777_619);
  return ((hash ^ (hash >>> 15)) >>> 0) % below;
}

const NOBODY: SchoolPlan = { mode: 'protected', submit: 0, refuses: null, again: null };

/** Which scores are other than they were: those that are withheld, or one that is shown. */
type Twist = 'none' | 'withheld' | 'shown';

/** What a teacher answers; null is "cannot judge". */
function scoreOf(plan: Plan, round: number, school: number, teacher: number, twist: Twist) {
  const { mode, submit, refuses } = plan.rounds[round]?.[school] ?? NOBODY;
  const judges = (nth: number, code: string) => drawn(plan.cells, plan.seed, round, school, nth, code) > 0;
  const isOpenAndAgreed = mode === 'open' && (refuses === null || refuses >= submit);
  return (code: string): number | null => {
    if (!judges(teacher, code)) return null;
    const judged = Array.from({ length: submit }, (_, nth) => nth).filter((nth) => judges(nth, code)).length;
    const isShown = mode === 'open' ? isOpenAndAgreed : submit >= 3 && judged >= 3;
    const score = 1 + drawn(5, plan.seed, 'score', round, school, teacher, code);
    const isOther = twist === (isShown ? 'shown' : 'withheld');
    return isOther ? 1 + (score % 5) : score;
  };
}

type World = { app: App; cohortId: string; shown: Record<string, string> };

async function worldOf(plan: Plan, twist: Twist, files: readonly string[]): Promise<World> {
  const app = await testApp();
  const cohort = await make.makeCohort(app.db, { name: 'Een cohort', trainerSeesSchools: true });
  for (let school = 0; school < SCHOOLS; school += 1) {
    await make.addSeries(app.db, cohort, { school: `School ${school}`, teachers: TEACHERS - 1 });
  }
  for (const [round] of ROUNDS.entries()) await runRound(app, cohort, plan, round, twist);
  return { app, cohortId: cohort.id, shown: await everythingShown(app, cohort, files) };
}

async function runRound(app: App, cohort: make.TestCohort, plan: Plan, round: number, twist: Twist): Promise<void> {
  const id = await make.planRound(app.db, cohort, { name: ROUNDS[round] ?? '' });
  const schools = await rounds.progress(app.db, cohort.trainer, id);
  const nth = (name: string) => Number(name.slice('School '.length));
  for (const { schoolRoundId, series } of schools) {
    const mode = plan.rounds[round]?.[nth(series.schoolName)]?.mode ?? 'protected';
    await rounds.chooseMode(app.db, cohort.trainer, schoolRoundId, mode);
  }
  await rounds.open(app.db, cohort.trainer, cohort.secret, id);
  if (round === 0) await letLastTeachersIn(app, cohort, schools);
  const invited = await make.listInvited(app.db, cohort, id);
  for (const { series } of schools) {
    const school = nth(series.schoolName);
    const given = plan.rounds[round]?.[school];
    const people = invited.filter(({ seriesId }) => seriesId === series.id);
    const own = (role: string) => (code: string) => 1 + drawn(5, plan.seed, role, round, school, code);
    for (const role of ['director', 'ib'] as const)
      await make.fillAndSubmit(app.db, make.inRole(people, role), own(role));
    const teachers = people.filter(({ role }) => role === 'teacher').slice(0, given?.submit);
    for (const [teacher, person] of teachers.entries()) {
      const score = scoreOf(plan, round, school, teacher, twist);
      if (teacher === given?.again) {
        await make.fillAndSubmit(app.db, person, () => 3, teacher !== given.refuses);
        await invitations.reopen(app.db, cohort.trainer, person.invitationId);
      }
      await make.fillAndSubmit(app.db, person, score, teacher !== given?.refuses);
    }
  }
  await rounds.close(app.db, cohort.trainer, id);
  const ids = schools.map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(app.db, cohort.trainer, id, ids);
}

async function letLastTeachersIn(
  app: App,
  cohort: make.TestCohort,
  schools: readonly rounds.SchoolProgress[],
): Promise<void> {
  for (const { series } of schools) {
    const person = { name: 'De laatste', email: `laatste-${series.id}@school.example` };
    await participants.addRater(app.db, cohort.trainer, cohort.secret, series.id, 'teacher', person);
  }
}

/** Reports as each may see them, at both levels, their files, the command line's figures, and what is stored to show. */
async function everythingShown(
  app: App,
  cohort: make.TestCohort,
  files: readonly string[],
): Promise<Record<string, string>> {
  const shown: Record<string, unknown> = {};
  const operator = { kind: 'operator' } as const;
  for (const round of await rounds.list(app.db, cohort.id)) {
    shown[`cohort ${round.name}`] = await reports.cohortReport(app.readDb, operator, cohort.id, round.name);
    shown[`sums ${round.name}`] = await reports.roundFigures(app.readDb, cohort.trainer, round.id);
    const invited = await make.listInvited(app.db, cohort, round.id);
    for (const [nth, school] of (await rounds.progress(app.db, cohort.trainer, round.id)).entries()) {
      const { schoolRoundId, series } = school;
      const at = `${round.name} ${series.schoolName}`;
      const people = invited.filter(({ seriesId }) => seriesId === series.id);
      const actorOf = async (role: 'ib' | 'director') => {
        const user = await accounts.userOfPerson(app.db, cohort.trainer, make.inRole(people, role).personId);
        return accounts.actorOf(app.db, user);
      };
      const [ib, director] = [await actorOf('ib'), await actorOf('director')];
      await reports.confirm(app.db, director, schoolRoundId);
      const viewers: [string, UserActor][] = [
        ['ib', ib],
        ['director', director],
        ['trainer', cohort.trainer],
      ];
      for (const [who, actor] of viewers) {
        for (const level of ['with', 'without'] as const) {
          shown[`${at} ${who} ${level}`] = await reports.get(app.readDb, actor, schoolRoundId, level);
        }
      }
      for (const file of filesAt(files, round.name, nth)) {
        const { bytes } = await get(app, { schoolRoundId } as never, ib, file);
        shown[`${at} ${file}`] = await textOf(file, bytes);
      }
    }
  }
  const [from, to] = await reports.listClosed(app.readDb, cohort.trainer, cohort.id);
  shown['change'] = await reports.change(app.readDb, cohort.trainer, from?.id ?? '', to?.id ?? '');
  shown['change of the command line'] = await reports.cohortReport(app.readDb, operator, cohort.id, to?.name ?? '', {
    from: from?.name,
  });
  for (const viewer of ['ib', 'director', undefined] as const) {
    const lines: unknown[] = [];
    for await (const line of reports.lines(app.readDb, operator, cohort.id, { viewer })) lines.push(line);
    shown[`lines ${viewer}`] = lines;
  }
  const stored = await app.db.selectFrom('snapshot').select('document').orderBy('school_round_id').execute();
  shown['stored'] = stored.map(({ document }) => document);
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, withoutPassing(value)]));
}

/** A first round has no rounds beside it. Laying out takes a second or more: of one school, with both rounds in it. */
const filesAt = (files: readonly string[], round: string, nth: number) =>
  files.filter((name) =>
    round !== ROUNDS[0] ? !name.endsWith('.pdf') || nth === 0 : !['rounds.svg', 'report.pdf'].includes(name),
  );

/** Without ids, and without the moments at which things were done. */
function withoutPassing(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

const different = (one: World, other: World) =>
  Object.keys(one.shown).filter((name) => one.shown[name] !== other.shown[name]);

describe('what is withheld', { timeout: 60_000 + RUNS * 60_000 }, () => {
  it('leaves no trace in reports, files, figures of the cohort and the command line, over both rounds', async () => {
    const property = fc.asyncProperty(plans, async (plan) => {
      const one = await worldOf(plan, 'none', FILES);
      const other = await worldOf(plan, 'withheld', FILES);
      expect(different(one, other)).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, seed: 7, endOnFailure: true });
  });

  it('is all that leaves no trace: a shown score that is other can be seen everywhere', async () => {
    const school = { mode: 'protected', submit: 4, refuses: null, again: null } as const;
    const plan: Plan = { seed: 3, cells: 50, rounds: ROUNDS.map(() => Array.from({ length: SCHOOLS }, () => school)) };
    const one = await worldOf(plan, 'none', ['report.pdf', 'aspects.csv', 'triptych.svg']);
    const other = await worldOf(plan, 'shown', ['report.pdf', 'aspects.csv', 'triptych.svg']);
    expect(Object.keys(one.shown)).toEqual(Object.keys(other.shown));
    expect(Object.keys(one.shown).filter((name) => !different(one, other).includes(name))).toEqual([]);
  });
});
