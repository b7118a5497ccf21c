import { beforeEach, describe, expect, it } from 'vitest';
import { toPage } from '#lib/report-page/to-page.ts';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import * as participants from '#lib/server/participants/service.ts';
import { cohortReport } from '#lib/server/reports/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { follow } from '#lib/server/rounds/follow-service.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { due } from '#lib/server/rounds/today-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import * as outbox from '../support/outbox.ts';
import { closedRound } from '../support/school-reports.ts';

/** A list for two: the director and the IB'er. Teachers are in the teams, and are asked nothing. */

const TEACHER = { name: 'Nieuw', email: 'nieuw@school.example' };

let db: Db;
let admin: UserActor;
let cohort: make.TestCohort;
let list: string;
beforeEach(async () => {
  db = await testDatabase();
  admin = await make.makeTrainer(db, { admin: true });
  cohort = await make.makeCohort(db, { trainer: admin });
  list = await listOf('director', 'ib');
});

/** The shipped list, asked of these roles alone: imported and published. */
async function listOf(...roles: string[]): Promise<string> {
  const shipped = shippedInstrument();
  const named = { ...shipped, key: `for-${roles.join('-')}`, version: '1' };
  const id = await drafts.addImported(db, admin, {
    ...named,
    roles: shipped.roles.filter(({ key }) => roles.includes(key)),
  });
  await drafts.publish(db, admin, id, 1);
  return id;
}

const open = () => make.openRound(db, cohort, { instrumentVersionId: list });
const rolesOf = (invited: readonly { role: string }[]) => invited.map(({ role }) => role);

describe('a list without teachers', () => {
  it('asks nobody but the director and the IB’er, whatever the team', async () => {
    await make.addSeries(db, cohort, { teachers: 4 });
    const id = await make.planRound(db, cohort, { instrumentVersionId: list });
    const preview = await rounds.previewOpening(db, cohort.trainer, id);
    expect(preview).toMatchObject({ forms: 2, people: 2, mails: 2, asks: { teacher: false } });
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    expect(rolesOf(await make.listInvited(db, cohort, id))).toEqual(['director', 'ib']);
    const mails = await db.selectFrom('mail').select('person_id').where('template', '=', 'invitation').execute();
    expect(mails).toHaveLength(2);
  });

  it('says in its mail that two sides look, not three', async () => {
    await make.addSeries(db, cohort);
    const { id, invited } = await open();
    for (const role of ['director', 'ib'] as const) {
      const { personId } = make.inRole(invited, role);
      const [letter] = await outbox.arrived(db, id, { template: 'invitation', to: { personId } });
      expect(letter?.text).toContain('Twee kanten kijken');
      expect(letter?.text).not.toMatch(/Drie kanten|leerkrachten/);
    }
  });

  it('misses no teachers: nothing is lacking, before it opens and while it runs', async () => {
    await make.addSeries(db, cohort, { teachers: 0 });
    const id = await make.planRound(db, cohort, { instrumentVersionId: list });
    const before = await follow(db, cohort.trainer, id, null);
    expect(before.schools).toMatchObject([{ gaps: [], forms: { director: { asked: 1 }, teacher: { asked: 0 } } }]);
    expect(before.opened?.team.map(({ role }) => role).toSorted()).toEqual(['director', 'ib']);
    expect((await overview(db, cohort.trainer, id)).schools).toMatchObject([{ gaps: [] }]);
    await rounds.open(db, cohort.trainer, cohort.secret, id);
    for (const person of await make.listInvited(db, cohort, id)) await make.fillAndSubmit(db, person);
    expect(await due(db, cohort.trainer)).toMatchObject([{ kind: 'complete', invited: 2, submitted: 2 }]);
  });

  it('still says that teachers are missing to a round that asks them', async () => {
    await make.addSeries(db, cohort, { teachers: 0 });
    const id = await make.planRound(db, cohort);
    expect((await follow(db, cohort.trainer, id, null)).schools).toMatchObject([{ gaps: ['no_teachers'] }]);
  });

  it('asks no teacher who joins, and no team that comes in, while it is open', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 1 });
    const { id } = await open();
    await participants.addRater(db, cohort.trainer, cohort.secret, seriesId, 'teacher', TEACHER);
    await make.addSeries(db, cohort, { teachers: 2 });
    expect(rolesOf(await make.listInvited(db, cohort, id)).toSorted()).toEqual(['director', 'director', 'ib', 'ib']);
  });

  it('asks no teacher who came while it was closed when it opens once more', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 0 });
    const { id } = await open();
    await rounds.close(db, cohort.trainer, id);
    await participants.addRater(db, cohort.trainer, cohort.secret, seriesId, 'teacher', TEACHER);
    expect(await rounds.previewReopening(db, cohort.trainer, id)).toMatchObject({ newcomers: [] });
  });

  it('tells the rater of two sides, not three', async () => {
    await make.addSeries(db, cohort, { teachers: 3 });
    const { invited } = await open();
    const { form } = await make.enter(db, make.inRole(invited, 'director'));
    expect(await responses.companyOf(db, form)).toMatchObject({ teachers: null });
  });

  it('has a report without a panel of the teachers that says they were not asked, and withholds nothing', async () => {
    const judged = { director: () => 4, ib: () => 3 };
    const at = await closedRound(db, judged, { instrumentVersionId: list });
    const report = await reports.get(db, at.ib, at.schoolRoundId);
    const [first] = report.figures.competencies;
    expect(first?.views).toMatchObject({
      director: { score: 4, status: 'ok' },
      teacher: { score: null, status: 'none', reason: 'not_asked' },
    });
    expect(first?.gaps).toMatchObject({ ib_director: { gap: -1 }, ib_teacher: { gap: null, reason: 'not_asked' } });
    expect(report.figures.aspects[0]?.views.teacher).toEqual({ score: null, reason: 'not_asked' });
    const page = toPage(report, 'nl');
    expect(page.triptych.columns.map(({ view }) => view)).toEqual(['director', 'ib']);
    expect(page.numbers[0]?.scores.map(({ view }) => view)).toEqual(['director', 'ib']);
    expect(page.numbers[0]?.gaps.map(({ pair }) => pair)).toEqual(['ib_director']);
    expect(page.gaps[0]?.rows[0]?.marks.map(({ view }) => view)).toEqual(['director', 'ib']);
    expect(page.gaps.flatMap(({ notes }) => notes)).toEqual([]);
    expect(page.balance?.rows.map(({ view }) => view)).toEqual(['director', 'ib']);
    expect(page.lists.map(({ name }) => name)).not.toContain('contested');
    expect(page.answered[0]).toEqual({
      text: 'Deze lijst wordt niet door leerkrachten ingevuld.',
      withheld: 'not_asked',
    });
    expect(page.remarks.lead).toBe(
      'Leerkrachten is bij deze lijst niets gevraagd; opmerkingen van hen zijn er dus niet.',
    );
    expect(page.missing).toBeNull();
  });

  it('has cohort figures of two views; of the third it says that it was not asked', async () => {
    for (let index = 0; index < 5; index += 1) await make.addSeries(db, cohort, { teachers: 3 });
    const { id, invited } = await open();
    for (const person of invited) await make.fillAndSubmit(db, person, () => (person.role === 'ib' ? 3 : 4));
    await rounds.close(db, cohort.trainer, id);
    const schools = await rounds.progress(db, cohort.trainer, id);
    const released = schools.map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, cohort.trainer, id, released);
    const figures = await reports.roundFigures(db, cohort.trainer, id);
    const views = figures?.views.filter(({ competency }) => competency === 'C1');
    expect(views?.map(({ view, mean, reason }) => [view, mean, reason])).toEqual([
      ['director', 4, undefined],
      ['ib', 3, undefined],
      ['teacher', null, 'not_asked'],
    ]);
    expect(figures?.aspects[0]).toMatchObject({
      views: { teacher: { mean: null, reason: 'not_asked' } },
      gaps: { ib_director: { mean: -1 }, ib_teacher: { mean: null, reason: 'not_asked' } },
    });
    const told = await cohortReport(db, { kind: 'operator' }, cohort.id, 'T0');
    expect(told.views.find(({ view }) => view === 'teacher')).toMatchObject({ mean: null, reason: 'not_asked' });
    expect(told.clarity[0]).toMatchObject({ U: 0, C_teacher: null, reasons: { C_teacher: 'not_asked' } });
  });
});

describe('a list without directors', () => {
  it('opens at a school that has none', async () => {
    list = await listOf('ib', 'teacher');
    await make.addSeries(db, cohort, { director: null, teachers: 3 });
    const { invited } = await open();
    expect(rolesOf(invited)).toEqual(['ib', 'teacher', 'teacher', 'teacher']);
  });
});

describe('a list without directors', () => {
  it('says in its mails that two sides look, who those are, and who reads', async () => {
    list = await listOf('ib', 'teacher');
    await make.addSeries(db, cohort);
    const { id, invited } = await open();
    expect(rolesOf(invited)).toEqual(['ib', 'teacher', 'teacher', 'teacher']);
    for (const role of ['ib', 'teacher'] as const) {
      const { personId } = make.inRole(invited, role);
      const [letter] = await outbox.arrived(db, id, { template: 'invitation', to: { personId } });
      expect(letter?.text).toContain('Twee kanten kijken');
      expect(letter?.text).not.toMatch(/Drie kanten|directeur/);
    }
    const { form } = await make.enter(db, make.inRole(invited, 'teacher'));
    expect(await responses.companyOf(db, form)).toEqual({ director: null, asksDirector: false, teachers: 3 });
    for (const person of invited) await make.fillAndSubmit(db, person);
    await rounds.close(db, cohort.trainer, id);
    const [unit] = await rounds.progress(db, cohort.trainer, id);
    const schoolRound = unit?.schoolRoundId ?? '';
    await rounds.release(db, cohort.trainer, id, [schoolRound]);
    const to = { personId: make.inRole(invited, 'ib').personId };
    const [released] = await outbox.arrived(db, id, { template: 'report_released', to, about: { schoolRound } });
    expect(released?.text).toContain('Je kunt het nu lezen.');
    expect(released?.text).not.toMatch(/directeur|jullie/);
  });
});
