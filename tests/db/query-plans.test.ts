import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/permissions.ts';
import * as log from '#lib/server/audit/log-service.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as mails from '#lib/server/mail/admin-service.ts';
import * as failed from '#lib/server/mail/failed-service.ts';
import * as nextSession from '#lib/server/next-session/service.ts';
import * as partnerships from '#lib/server/partnerships/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { schoolValues } from '#lib/server/reports/school-values-service.ts';
import { follow, pulse } from '#lib/server/rounds/follow-service.ts';
import { runSchedule } from '#lib/server/rounds/schedule-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '#lib/server/rounds/today-service.ts';
import * as make from '../support/factories.ts';
import { openTestDatabase } from '../support/database.ts';
import { senderTo } from '../support/outbox.ts';
import { closedRound } from '../support/school-reports.ts';
import { mailServer } from '../support/smtp.ts';

/** Tables that grow with every school and round; reading one of them whole gets slower every year. */
const GROWING =
  'answer|response|invitation|snapshot|school_round|series|person|team_member|scale_answer|audit_event|report_confirmation|mail';

/** The pages of the log, narrowed by each thing alone and by all of them, from the top and from a line on, and its file. */
async function readLog(db: Db, cohort: make.TestCohort): Promise<void> {
  const admin = await make.makeTrainer(db, { admin: true });
  const all: log.LogFilter = { who: '', action: '', about: '', from: '', until: '' };
  const narrowed: Partial<log.LogFilter>[] = [
    ...[{}, { who: cohort.trainer.userId }, { who: log.OPERATOR }, { action: 'round.opened' } as const],
    ...[{ about: cohort.id }, { about: cohort.trainer.userId }, { from: '2020-01-01', until: '2040-01-01' }],
    { who: cohort.trainer.userId, action: 'round.opened', about: cohort.id, from: '2020-01-01', until: '2040-01-01' },
  ];
  for (const each of narrowed) {
    const filter = { ...all, ...each };
    const { lines } = await log.readPage(db, admin, filter, null);
    expect(lines).not.toEqual([]);
    await log.readPage(db, admin, filter, lines[0]?.id ?? null);
  }
  await log.choices(db, admin);
  const words = { who: () => '', action: () => '', object: () => '', details: () => '' };
  const file = await log.writeFile(db, db, admin, all, { delimiter: ';', header: [], ...words });
  for await (const piece of file) expect(piece).not.toBe('');
}

/** The outbox: what is due, the administrator's page, and each letter of a round as it is written and marked. */
async function readMail(db: Db, cohort: make.TestCohort, round: make.TestRound): Promise<void> {
  const admin = await make.makeTrainer(db, { admin: true });
  const server = await mailServer();
  await mails.askTest(db, admin, new Date());
  await senderTo(db, server.url).run();
  expect(server.accepted.length).toBeGreaterThan(round.invited.length);
  await mails.overview(db, admin, null, new Date());
  await failed.retryAll(db, admin, new Date());
  await follow(db, cohort.trainer, round.id, null);
}

describe('the query plans', () => {
  it('of forms, rounds, reports and the log read no growing table whole', async () => {
    const database = await openTestDatabase();
    const { db, raw } = database;
    const statements = new Set<string>();
    const prepare = raw.prepare.bind(raw);
    raw.prepare = ((sql: string) => {
      statements.add(sql);
      return prepare(sql);
    }) as typeof raw.prepare;

    const school = await closedRound(db, { director: () => 4, ib: () => 5, teachers: [() => 3, () => 4, () => 4] });
    await (await reports.open(db, db, school.ib, school.schoolRoundId, new Date())).read('with');
    await reports.listOwn(db, school.director);
    const operator: Actor = { kind: 'operator' };
    for await (const line of reports.lines(db, operator, school.cohort.id, {})) expect(line.round).toBe('T0');
    await reports.cohortReport(db, operator, school.cohort.id, 'T0');
    await dashboards.get(db, school.cohort.trainer, school.round.id);
    await dashboards.withRounds(db, school.cohort.trainer, school.round.id, 'C1.01');
    const note = { aspect: nextSession.WHOLE, text: 'x', version: 0 };
    await nextSession.change(db, school.cohort.trainer, school.round.id, [note]);
    await schoolValues(db, school.cohort.trainer, school.round.id);
    await rounds.progress(db, school.cohort.trainer, school.round.id);
    await today.due(db, school.cohort.trainer);
    const everywhere = await make.makeTrainer(db, { admin: true });
    for (const actor of [everywhere, school.cohort.trainer]) {
      await partnerships.list(db, actor, new Date(), { search: '', page: 1 });
    }
    const open = await make.openRound(db, school.cohort);
    const { schools } = await follow(db, school.cohort.trainer, open.id, null);
    await follow(db, school.cohort.trainer, open.id, schools[0]?.schoolRoundId ?? null);
    await pulse(db, school.cohort.trainer, open.id);
    await readLog(db, school.cohort);
    await runSchedule(db, { secret: school.cohort.secret }, new Date('2030-01-08T10:00:00Z'));
    await readMail(db, school.cohort, open);
    const entered = await make.enter(db, make.inRole(open.invited, 'teacher'));
    await answers.save(db, entered.form, 'C1.01', make.answer({ score: 3 }), 1);
    await answers.load(db, entered.form);

    const whole = [...statements]
      .filter((sql) => /^\s*(select|insert|update|delete)/i.test(sql))
      .flatMap((sql) => {
        const parameters = Array.from(sql.matchAll(/\?/g), () => null);
        const plan = prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
        return plan.map(({ detail }) => ({ detail, sql }));
      })
      .filter(({ detail }) => new RegExp(`^SCAN (${GROWING})\\b(?!.*USING)`).test(detail));
    expect(statements.size).toBeGreaterThan(40);
    expect(whole).toEqual([]);
    await database.close();
  });
});
