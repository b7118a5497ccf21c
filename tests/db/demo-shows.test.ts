import { beforeAll, describe, expect, it } from 'vitest';
import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { STAFF } from '#lib/demo/people.ts';
import { COHORTS } from '#lib/demo/schools-data.ts';
import { REASONS } from '#lib/disclosure/reason.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/service.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { demoTrainer, openDemo, OPERATOR } from '../support/demo.ts';

describe('what the demonstration shows', () => {
  let db: Db;
  let trainer: UserActor;
  beforeAll(async () => {
    const database = await openDemo();
    db = database.db;
    trainer = await demoTrainer(db);
    return database.close;
  }, 60_000);

  async function allReports(): Promise<reports.ReportLine[]> {
    const lines: reports.ReportLine[] = [];
    for (const { id } of await cohorts.listOwn(db, trainer)) {
      for (const viewer of [undefined, 'ib', 'director'] as const) {
        for await (const line of reports.lines(db, OPERATOR, id, viewer ? { viewer } : {})) lines.push(line);
      }
    }
    return lines;
  }

  it('cohorts of 12, 6 and 4 schools with T0–T2 closed, a pulse between two of them and one open round, and six pairs', async () => {
    const shown = await Promise.all(
      (await cohorts.listOwn(db, trainer)).map(async ({ id, name }) => ({
        name,
        schools: (await cohorts.listSeries(db, id)).length,
        rounds: (await rounds.list(db, id)).map((round) => `${round.name} ${round.status}`),
      })),
    );
    const closed = ['T0 closed', 'T1 closed', 'T2 closed'];
    expect(shown).toEqual([
      { name: 'De Venen (voorbeeld)', schools: 4, rounds: closed },
      { name: 'Kuststreek (voorbeeld)', schools: 6, rounds: closed },
      {
        name: 'Rivierenrand (voorbeeld)',
        schools: 12,
        rounds: ['T0 closed', 'T1 closed', 'K1 closed', 'T2 closed', 'T3 open'],
      },
      { name: 'Zes koppels (voorbeeld)', schools: 6, rounds: ['T0 closed', 'T1 closed'] },
    ]);
  });

  it('what is due today: a round that closes soon and reports to release, though nobody is mailed', async () => {
    const due = await today.due(db, trainer);
    expect(due.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['closes_soon', 'release']));
    const open = due.find(({ kind }) => kind === 'closes_soon');
    expect(await rounds.get(db, trainer, open?.roundId ?? '')).toMatchObject({ reminds: true, invented: true });
    expect(await db.selectFrom('mail').selectAll().execute()).toEqual([]);
  });

  it('every reading and every class', async () => {
    const lines = await allReports();
    const readings = new Set(lines.flatMap(({ aspects }) => aspects.map(({ reading }) => reading)));
    const classes = new Set(lines.flatMap(({ aspects }) => aspects.map((aspect) => aspect.class)));
    const ofCompetencies = new Set(lines.flatMap(({ competencies }) => competencies.map((each) => each.class)));
    const READINGS: Record<Reading, true> = {
      ...{ check_meaning: true, not_observed: true, seen_differently: true, insufficient: true, shared_view: true },
    };
    const CLASSES: Record<AspectClass, true> = {
      ...{ insufficient: true, contested: true, blind_spot: true, hidden_strength: true, shared_strength: true },
      ...{ shared_growth: true, in_agreement: true },
    };
    const OF_COMPETENCIES: Record<CompetencyClass, true> = {
      ...{ insufficient: true, contested: true, blind_spot: true, hidden_strength: true, in_agreement: true },
    };
    expect([...readings].sort()).toEqual(Object.keys(READINGS).sort());
    expect([...classes].sort()).toEqual(Object.keys(CLASSES).sort());
    expect([...ofCompetencies].sort()).toEqual(Object.keys(OF_COMPETENCIES).sort());
  });

  it('every reason for withholding', async () => {
    /** Why a reason cannot stand in a school's report. */
    const notInReports: Partial<Record<Reason, string>> = {
      erased: 'nobody of the demonstration was erased',
      too_few_schools: 'is about figures over schools only; the small cohort has it in its own figures',
    };
    const found = new Set(
      (await allReports()).flatMap(({ aspects, competencies, overall }) => [
        ...aspects.flatMap(({ views }) => Object.values(views).map(({ reason }) => reason)),
        ...competencies.flatMap(({ views, gaps }) =>
          [...Object.values(views), ...Object.values(gaps)].map(({ reason }) => reason),
        ),
        ...Object.values(overall.gaps).map(({ reason }) => reason),
      ]),
    );
    expect(REASONS.filter((reason) => !found.has(reason))).toEqual(Object.keys(notInReports));

    const [small] = await cohorts.listOwn(db, trainer);
    const { views } = await reports.cohortReport(db, trainer, small?.id ?? '', 'T2');
    expect(new Set(views.map(({ reason }) => reason))).toEqual(new Set(['too_few_schools']));
  });

  const reportOf = async (school: string, round: string) => {
    const found = (await allReports()).find((line) => line.school === school && line.round === round);
    if (!found) throw new Error(`no report of ${school} in ${round}`);
    return found;
  };
  const brinOf = (name: string) =>
    COHORTS.flatMap(({ schools }) => schools).find((school) => school.name.startsWith(name))?.brin ?? '';

  it('a teacher who does not want to be recognised, and a panel that stays closed for want of a third', async () => {
    const refused = await reportOf(brinOf('De Vlinderboom'), 'T2');
    expect(refused.competencies.every(({ views }) => views.teacher.reason === 'consent')).toBe(true);
    const few = await reportOf(brinOf('De Zevensprong'), 'T2');
    expect(few.raters.teacher).toEqual({ invited: 3, answered: 2 });
    expect(few.competencies.every(({ views }) => views.teacher.reason === 'view_hidden')).toBe(true);
  });

  it('a director who can judge little of two competencies', async () => {
    const { competencies } = await reportOf(brinOf('De Bolderik'), 'T2');
    const [first, second] = competencies;
    expect(first?.views.director).toMatchObject({ score: null, reason: 'too_few_judged' });
    expect(second?.views.director).toMatchObject({ score: null, reason: 'too_few_judged' });
  });

  it('a director who was replaced, and a school that joined after T0', async () => {
    const replaced = await db
      .selectFrom('team_member')
      .innerJoin('series', 'series.id', 'team_member.series_id')
      .innerJoin('school', 'school.id', 'series.school_id')
      .select(['team_member.left_at', 'team_member.joined_at'])
      .where('school.brin', '=', brinOf('’t Veerhuis'))
      .where('team_member.role', '=', 'director')
      .orderBy('team_member.joined_at')
      .execute();
    expect(replaced.map(({ left_at }) => left_at === null)).toEqual([false, true]);
    expect(replaced[0]?.left_at).toBe(replaced[1]?.joined_at);
    const late = (await allReports()).filter(({ school }) => school === brinOf('De Waterlelie'));
    expect([...new Set(late.map(({ round }) => round))]).toEqual(['T1', 'K1', 'T2']);
  });

  it('forms that were stopped half-way, and people who have yet to begin', async () => {
    const open = (await rounds.list(db, trainer.cohortIds[0] ?? '')).find(({ status }) => status === 'open');
    const raters = (await rounds.progress(db, trainer, open?.id ?? '')).flatMap((school) => school.raters);
    expect(new Set(raters.map(({ status }) => status))).toEqual(new Set(['submitted', 'started', null]));
  });

  it('times that follow each other and lie in the past, as far as anything is over', async () => {
    const now = new Date().toISOString();
    const all = await db.selectFrom('round').selectAll().execute();
    for (const { opened_at, closed_at, number, cohort_id } of all) {
      expect(opened_at !== null && opened_at < (closed_at ?? now)).toBe(true);
      const next = all.find((round) => round.cohort_id === cohort_id && round.number === number + 1);
      if (next) expect(closed_at !== null && next.opened_at !== null && closed_at < next.opened_at).toBe(true);
    }
    const late = await db
      .selectFrom('response')
      .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
      .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
      .innerJoin('round', 'round.id', 'school_round.round_id')
      .innerJoin('answer', 'answer.response_id', 'response.id')
      .select(['submitted_at', 'started_at', 'opened_at', 'closed_at'])
      .select((eb) => eb.fn.max('answer.changed_at').as('changed'))
      .groupBy('response.id')
      .execute();
    for (const { submitted_at, started_at, opened_at, closed_at, changed } of late) {
      expect(started_at >= (opened_at ?? '')).toBe(true);
      expect((submitted_at ?? started_at) < (closed_at ?? now)).toBe(true);
      if (submitted_at !== null) expect(Number(changed)).toBeLessThanOrEqual(Date.parse(submitted_at));
    }
  });

  it('pairs through their programme: six half-days lived, more of each goal than before, plans that are shared or kept', async () => {
    const pairs = (await cohorts.listOwn(db, trainer)).at(-1);
    const id = pairs?.id ?? '';
    const teams = (await cohorts.listSeries(db, id)).map(({ team }) => team.map(({ role }) => role).sort());
    expect(new Set(teams.map((team) => team.join()))).toEqual(new Set(['director,ib']));
    const now = new Date();
    const sessions = await attendance.list(db, trainer, id, now);
    expect(sessions.map(({ state }) => state)).toEqual([...Array.from({ length: 5 }, () => 'done'), 'to_fill_in']);
    for (const { counts } of sessions) expect(counts.present + counts.absent + counts.open).toBe(12);
    const asked = await Promise.all(
      sessions.slice(0, 5).map((session) => usefulness.ofSession(db, trainer, id, session.id, now)),
    );
    expect(asked.every((question) => (question?.shown?.n ?? 0) >= 5)).toBe(true);

    const user = db.selectFrom('user').selectAll().where('email', '=', STAFF.steering.email);
    const steering = await accounts.actorOf(db, await user.executeTakeFirstOrThrow());
    const { sinceStart } = (await programmes.course(db, steering, pairs?.programmeId ?? '', now)).cohorts[0] ?? {};
    const changes = sinceStart?.[0]?.changes.filter(({ view }) => view !== 'teacher') ?? [];
    expect(changes).toHaveLength(12);
    expect(changes.filter(({ change }) => (change ?? 0) <= 0)).toEqual([]);

    expect((await actionPlans.listShared(db, trainer, id)).plans).toHaveLength(2);
    const plans = await db.selectFrom('action_plan').select('shared_at').where('cohort_id', '=', id).execute();
    expect(plans).toHaveLength(3);
  });

  it('every page about it is marked, and a page about no cohort says that it is around', async () => {
    const cohort = trainer.cohortIds[0] ?? '';
    const round = (await rounds.list(db, cohort)).at(-1)?.id ?? '';
    const row = await db
      .selectFrom('invitation')
      .innerJoin('response', 'response.invitation_id', 'invitation.id')
      .select(['school_round_id', 'public_id'])
      .executeTakeFirstOrThrow();
    const pages = [{ cohort }, { round }, { schoolRound: row.school_round_id }, { response: row.public_id }];
    for (const page of pages) expect(await demo.markOf(db, page), JSON.stringify(page)).toBe('shown');
    expect(await demo.markOf(db, {})).toBe('around');
  });
});
