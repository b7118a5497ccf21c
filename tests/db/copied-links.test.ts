import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { invitationToken } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { personalLink } from '#lib/server/invitations/link-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code }) as unknown;
const WITH_MAIL = { mail: {} };

let db: Db;
let cohort: make.TestCohort;
let teacher: make.Invited;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  teacher = make.inRole((await make.openRound(db, cohort)).invited, 'teacher');
});

const settings = () => ({ secret: cohort.secret, publicUrl: 'https://drieluik.school.example' });
const copy = () => invitations.copyLink(db, cohort.trainer, settings(), teacher.invitationId);
const follow = (token: string) => invitations.follow(db, cohort.secret, token);
const begun = async () => {
  const entered = await make.enter(db, teacher);
  await make.answerOne(db, entered);
  return entered;
};
const submit = (entered: make.Entered, given: { mail: object | null }) =>
  invitations.submit(db, given, entered.responsePublicId, entered.sessionToken);

describe('a link that a trainer copied', () => {
  it('ends when the form is submitted and the rater is mailed a new one; so does what it had opened', async () => {
    const rater = await begun();
    await copy();
    const trainer = await make.enter(db, teacher);
    await submit(rater, WITH_MAIL);
    await expect(follow(teacher.token)).rejects.toEqual(refused('link_unknown'));
    await expect(make.reopen(db, trainer)).rejects.toEqual(refused('link_unknown'));
    expect(await make.reopen(db, rater)).toMatchObject({ status: 'submitted' });
    expect(await invitations.copyOf(db, rater.form)).toMatchObject({ isOver: true });
  });

  it('is followed by the one in the receipt, of which there is no copy', async () => {
    const rater = await begun();
    await copy();
    await submit(rater, WITH_MAIL);
    const row = await db
      .selectFrom('invitation')
      .select(['id as invitationId', 'generation', 'token_hash as tokenHash'])
      .where('id', '=', teacher.invitationId)
      .executeTakeFirstOrThrow();
    const receipt = await db
      .selectFrom('mail')
      .select('about')
      .where('template', '=', 'receipt')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(receipt.about)).toMatchObject({ generation: String(row.generation) });
    const link = await personalLink(db, settings(), row);
    const token = link.split('/f/')[1] ?? '';
    expect(token).toBe(invitationToken(cohort.secret, teacher.invitationId, 2));
    expect(invitations.stateOf(await follow(token))).toBe('submitted');
    await expect(copy()).rejects.toEqual(refused('rater_submitted'));
  });

  it('stays where no mail goes to the rater: it is the only way back to the own answers', async () => {
    const rater = await begun();
    await copy();
    await submit(rater, { mail: null });
    expect(invitations.stateOf(await follow(teacher.token))).toBe('submitted');
    expect(await invitations.copyOf(db, rater.form)).toMatchObject({ isOver: false });
  });

  it('stays for a rater without an address', async () => {
    const rater = await begun();
    await copy();
    await db.updateTable('person').set({ email: null }).where('id', '=', teacher.personId).execute();
    await submit(rater, WITH_MAIL);
    expect(invitations.stateOf(await follow(teacher.token))).toBe('submitted');
  });
});

it('a link that nobody copied stays, and so do the sessions of other devices', async () => {
  const rater = await begun();
  const phone = await make.enter(db, teacher);
  await submit(rater, WITH_MAIL);
  expect(invitations.stateOf(await follow(teacher.token))).toBe('submitted');
  expect(await make.reopen(db, phone)).toMatchObject({ status: 'submitted' });
  expect(await invitations.copyOf(db, rater.form)).toBeNull();
});

it('a refused submission ends no link', async () => {
  const rater = await make.enter(db, teacher);
  await copy();
  await expect(submit(rater, WITH_MAIL)).rejects.toEqual(refused('nothing_answered'));
  expect(invitations.stateOf(await follow(teacher.token))).toBe('started');
  expect(await responses.open(db, rater.responsePublicId, rater.sessionToken)).toMatchObject({ status: 'started' });
});
