import { beforeEach, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { runRetention } from '#lib/server/retention/run-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { closedRound, type ClosedRound } from '../support/school-reports.ts';
import { mailServer } from '../support/smtp.ts';

/** Whoever reads a report hears a month ahead that it can no longer be opened. */

const AHEAD = new Date('2091-01-01T10:00:00+01:00');
let db: Db;
let school: ClosedRound;
beforeEach(async () => {
  db = await testDatabase();
  const admin = await make.makeTrainer(db, { admin: true });
  school = await closedRound(db, { director: () => 2, ib: () => 4, teachers: [() => 3, () => 4, () => 5] });
  const [unit] = await retention.list(db, admin, AHEAD);
  const policy = { endsOn: '2090-01-31', months: 12, postponedUntil: null, answers: 'erased' as const };
  await retention.change(db, admin, unit?.id ?? '', retention.versionOf(unit?.policy ?? policy), policy, AHEAD);
});

/** The mails about clearing that lead to the own reports. */
async function told(): Promise<string[]> {
  await db.deleteFrom('mail').execute();
  const server = await mailServer();
  expect(await runRetention(db, AHEAD)).toBe('announced 1, cleared 0');
  await senderTo(db, server.url, { now: () => new Date(AHEAD.getTime() + 60_000) }).run();
  return server.accepted.flatMap(({ text }) => (text?.includes('/reports') ? [text.replace(/\s+/g, ' ')] : []));
}

it('the IB’er and the director of a released report, with what goes and what to do', async () => {
  const texts = await told();
  expect(texts).toHaveLength(2);
  for (const text of texts) {
    expect(text).toContain('Download het dan voor die dag');
    expect(text).toContain('alle losse antwoorden');
  }
});

it('nobody of a report that was taken back', async () => {
  await rounds.withdrawRelease(db, school.cohort.trainer, school.round.id, [school.schoolRoundId]);
  expect(await told()).toEqual([]);
});
