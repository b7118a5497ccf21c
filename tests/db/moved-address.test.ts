import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { invitationToken } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as leaving from '#lib/server/participants/series-service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox, senderTo } from '../support/outbox.ts';
import { mailServer } from '../support/smtp.ts';

/** What whoever changes an address comes to read by it: of somebody's answers nothing. */

let db: Db;
let cohort: make.TestCohort;
let seriesId: string;
let round: make.TestRound;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  seriesId = await make.addSeries(db, cohort, { school: 'De Wilg', teachers: 1 });
  round = await make.openRound(db, cohort);
});

const NEW = 'nieuw@school.example';
const invited = (role: 'director' | 'ib' | 'teacher') => make.inRole(round.invited, role);

async function moveTo(role: string, email: string): Promise<{ before: string | null }> {
  const { team, version } = await cohorts.getSeries(db, cohort.trainer, seriesId);
  const member = team.find((each) => each.role === role);
  if (!member) throw new Error(`the team has no ${role}`);
  const at = { seriesId, memberId: member.id, version };
  const given = { name: member.name ?? '', email, language: 'nl' as const };
  await people.correct(db, cohort.trainer, cohort.secret, at, given, new Date());
  return { before: member.email };
}

/** Every mail that goes out now, with whom it is to and its words run together. */
async function sent(at = new Date()): Promise<{ to: string; text: string }[]> {
  const server = await mailServer();
  await senderTo(db, server.url, { now: () => at }).run();
  return server.accepted.map(({ to, text }) => ({
    to: to?.[0]?.address ?? '',
    text: (text ?? '').replace(/[ \r\n]+/g, ' '),
  }));
}

/** The responses that the links in these mails open. */
async function opened(mails: readonly { text: string }[]): Promise<(string | null)[]> {
  const tokens = mails.flatMap(({ text }) => [...text.matchAll(/\/f\/([\w-]+)/g)].map(([, token]) => token ?? ''));
  return Promise.all(
    tokens.map(async (token) => (await invitations.follow(db, cohort.secret, token)).responsePublicId),
  );
}

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const reopen = () => invitations.reopen(db, cohort.trainer, invited('teacher').invitationId);
const inFourDays = () => new Date(Date.now() + 4 * 86_400_000);
/** Submitted through a link that was handed over: the teacher has no address. */
async function submitWithoutAddress(): Promise<string> {
  await db.updateTable('person').set({ email: null }).where('id', '=', invited('teacher').personId).execute();
  return (await make.fillAndSubmit(db, invited('teacher'))).responsePublicId;
}

describe('answers that were submitted before an address changed', () => {
  it('are opened by no mail; the old address hears that they count', async () => {
    const { responsePublicId } = await make.fillAndSubmit(db, invited('teacher'));
    await emptyOutbox(db);
    const { before } = await moveTo('teacher', NEW);
    const mails = await sent();
    expect(mails.map(({ to }) => to)).toEqual([before]);
    expect(mails[0]?.text).toContain('Die telt gewoon mee');
    expect(await opened(mails)).not.toContain(responsePublicId);
  });

  it('are not opened by a receipt that still waited either', async () => {
    const { responsePublicId } = await make.fillAndSubmit(db, invited('teacher'));
    await moveTo('teacher', NEW);
    const mails = await sent();
    expect(mails.filter(({ to }) => to === NEW)).toEqual([]);
    expect(await opened(mails)).not.toContain(responsePublicId);
  });

  it('get a receipt again where they are submitted at the new address', async () => {
    await moveTo('teacher', NEW);
    const link = (await sent()).find(({ to }) => to === NEW)?.text ?? '';
    const token = /\/f\/([\w-]+)/.exec(link)?.[1] ?? '';
    const { responsePublicId } = await make.fillAndSubmit(db, { token, secret: cohort.secret });
    expect(await opened((await sent()).filter(({ to }) => to === NEW))).toEqual([responsePublicId]);
  });

  it.each(['no address', 'another address'])('are not opened again where there was %s before', async (earlier) => {
    await (earlier === 'no address' ? submitWithoutAddress() : make.fillAndSubmit(db, invited('teacher')));
    await moveTo('teacher', NEW);
    await expect(reopen()).rejects.toEqual(refused('rater_readdressed'));
  });

  it('may be opened again where they were submitted after the change', async () => {
    await moveTo('teacher', NEW);
    const token = invitationToken(cohort.secret, invited('teacher').invitationId, 2);
    await make.fillAndSubmit(db, { token, secret: cohort.secret });
    await expect(reopen()).resolves.toBeUndefined();
  });

  it('and were opened again before it give way to an empty form, for a first address too', async () => {
    const responsePublicId = await submitWithoutAddress();
    await reopen();
    await emptyOutbox(db);
    await moveTo('teacher', NEW);
    const asked = await sent();
    expect(asked.map(({ to }) => to)).toEqual([NEW]);
    await reminders.send(db, cohort.trainer, round.id, {}, inFourDays());
    const reminded = await sent(inFourDays());
    expect(reminded.map(({ to }) => to)).toContain(NEW);
    expect(await opened([...asked, ...reminded])).not.toContain(responsePublicId);
  });

  it('and were opened again do not come back to a first address with an IB’er who comes back', async () => {
    const responsePublicId = await submitWithoutAddress();
    await reopen();
    const { version } = await cohorts.getSeries(db, cohort.trainer, seriesId);
    await leaving.leave(db, cohort.trainer, { seriesId, version }, new Date());
    await moveTo('teacher', NEW);
    await leaving.rejoin(db, cohort.trainer, cohort.secret, seriesId, new Date());
    const mails = (await sent()).filter(({ to }) => to === NEW);
    expect(mails).toHaveLength(1);
    expect(await opened(mails)).not.toContain(responsePublicId);
  });
});

describe('the other reader of a school’s report', () => {
  const emailOf = async (role: 'director' | 'ib') => {
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', invited(role).personId)
      .executeTakeFirstOrThrow();
    return email ?? '';
  };

  it.each([
    ['director', 'ib', 'Joost van Dalen'],
    ['ib', 'director', 'Marloes Hendriks'],
  ] as const)('hears, as the old address does, that the address of the %s changed', async (role, other, name) => {
    await emptyOutbox(db);
    const { before } = await moveTo(role, NEW);
    const mails = (await sent()).filter(({ to }) => to !== NEW);
    expect(mails.map(({ to }) => to).sort()).toEqual([before, await emailOf(other)].sort());
    const told = mails.find(({ to }) => to !== before)?.text;
    expect(told).toContain(`het e-mailadres van ${name} bij De Wilg`);
    expect(told).toContain('de rapporten van De Wilg lezen');
  });

  it('hears of a first address too', async () => {
    await db.updateTable('person').set({ email: null }).where('id', '=', invited('director').personId).execute();
    await emptyOutbox(db);
    await moveTo('director', NEW);
    expect((await sent()).map(({ to }) => to)).toContain(await emailOf('ib'));
  });

  it('hears nothing of a teacher, and nothing while there is nothing to read yet', async () => {
    await emptyOutbox(db);
    await moveTo('teacher', NEW);
    const other = await make.makeCohort(db);
    seriesId = await make.addSeries(db, other, { director: 'Anna Smit' });
    cohort = other;
    await moveTo('director', 'ook-nieuw@school.example');
    const ib = (await cohorts.getSeries(db, other.trainer, seriesId)).team.find(({ role }) => role === 'ib');
    const told = (await sent()).map(({ to }) => to);
    for (const reader of [await emailOf('ib'), await emailOf('director'), ib?.email])
      expect(told).not.toContain(reader);
  });
});
