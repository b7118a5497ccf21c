import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { mailServer, Refusal } from '../support/smtp.ts';

let db: Db;
let cohort: make.TestCohort;
let seriesId: string;
let round: make.TestRound;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  seriesId = await make.addSeries(db, cohort, { teachers: 1 });
  round = await make.openRound(db, cohort);
});

const close = () => rounds.close(db, cohort.trainer, round.id);
const closesOn = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
const reopen = () => rounds.reopen(db, cohort.trainer, cohort.secret, round.id, closesOn);
async function teacherWithVersion() {
  const { team, version } = await cohorts.getSeries(db, cohort.trainer, seriesId);
  const found = team.find(({ role }) => role === 'teacher');
  if (!found) throw new Error('the team has no teacher');
  return { ...found, version };
}
async function mend() {
  const { id, version } = await teacherWithVersion();
  const given = { name: 'Leerkracht 1', email: 'goed@school.example', language: 'nl' as const };
  await people.correct(db, cohort.trainer, cohort.secret, { seriesId, memberId: id, version }, given, new Date());
}

describe('an invitation that did not go out', () => {
  const toTeacher = async () => {
    const server = await mailServer();
    await senderTo(db, server.url).run();
    return server.accepted.filter(({ to }) => to?.[0]?.address === 'goed@school.example').length;
  };

  it('because the address was wrong goes to the mended one when the round opens once more', async () => {
    const { email } = await teacherWithVersion();
    const server = await mailServer({
      onRecipient: (address) => {
        if (address === email) throw new Refusal(550);
      },
    });
    await senderTo(db, server.url).run();
    await close();
    await mend();
    expect(await toTeacher()).toBe(0);
    await reopen();
    expect(await toTeacher()).toBe(1);
  });

  it('before the round closed is one mail to another address', async () => {
    await close();
    await mend();
    expect(await toTeacher()).toBe(0);
    await reopen();
    expect(await toTeacher()).toBe(1);
  });

  it('because there was no address does so too', async () => {
    const { personId } = await teacherWithVersion();
    await db.updateTable('person').set({ email: null }).where('id', '=', personId).execute();
    await db.deleteFrom('mail').execute();
    await close();
    await mend();
    expect(await toTeacher()).toBe(0);
    await reopen();
    expect(await toTeacher()).toBe(1);
  });
});
