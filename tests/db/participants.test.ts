import { beforeEach, describe, expect, it } from 'vitest';
import { createAuth } from '#lib/server/auth/auth.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let settings: participants.LinkSettings;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  const site = { secret: make.SECRET, publicUrl: 'http://localhost:3000' };
  settings = { ...site, auth: createAuth(db, site) };
});

const memberOf = async (seriesId: string, role: 'director' | 'ib' | 'teacher') => {
  const { team } = await cohorts.getSeries(db, cohort.trainer, seriesId);
  const member = team.find((candidate) => candidate.role === role);
  if (!member) throw new Error(`the team has no ${role}`);
  return member;
};
const askedIn = async (roundId: string) =>
  (await rounds.progress(db, cohort.trainer, roundId)).flatMap(({ raters }) => raters.map(({ role }) => role));
const addRater = (seriesId: string, role: 'director' | 'teacher', name: string, email: string | null = null) =>
  participants.addRater(db, cohort.trainer, cohort.secret, seriesId, role, { name, email });
const auditOf = async (action: string) =>
  (await db.selectFrom('audit_event').select(['action', 'object_id']).execute()).filter((row) => row.action === action);

describe('a school that joins', () => {
  it('takes part in planned and open rounds, not in closed ones', async () => {
    await make.addSeries(db, cohort);
    const closed = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, closed.id);
    const running = await make.openRound(db, cohort);
    const planned = await make.planRound(db, cohort);
    await make.addSeries(db, cohort, { teachers: 1 });
    expect(await rounds.progress(db, cohort.trainer, closed.id)).toHaveLength(1);
    const [, joined] = await rounds.progress(db, cohort.trainer, running.id);
    expect(joined?.raters.map(({ role }) => role).sort()).toEqual(['director', 'ib', 'teacher']);
    const added = joined?.raters.map(({ invitationId }) => invitationId).sort();
    expect((await auditOf('invitation.added')).map(({ object_id }) => object_id).sort()).toEqual(added);
    expect((await rounds.progress(db, cohort.trainer, planned)).map(({ raters }) => raters.length)).toEqual([0, 0]);
  });

  it('needs its director in an open round, and only there', async () => {
    await make.addSeries(db, cohort);
    await make.planRound(db, cohort);
    await make.addSeries(db, cohort, { school: 'De Linde' });
    const running = await make.openRound(db, cohort);
    const adding = make.addSeries(db, cohort, { school: 'De Wingerd', director: null });
    await expect(adding).rejects.toEqual(refused('school_round_incomplete'));
    expect((await cohorts.listSeries(db, cohort.id)).map(({ schoolName }) => schoolName)).not.toContain('De Wingerd');
    await rounds.close(db, cohort.trainer, running.id);
    await make.addSeries(db, cohort, { school: 'De Wingerd', director: null });
  });

  it('comes in whole or not at all', async () => {
    const before = await db.selectFrom('person').select('id').execute();
    const adding = participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
      school: { name: 'De Wingerd', brin: null },
      ib: { name: 'Sanne', email: 'sanne@school.example' },
      director: { name: 'Joost', email: 'joost@school.example' },
      teachers: [{ name: 'Joost', email: 'joost@school.example' }],
    });
    await expect(adding).rejects.toEqual(refused('person_has_role'));
    expect(await cohorts.listSeries(db, cohort.id)).toEqual([]);
    expect(await db.selectFrom('person').select('id').execute()).toEqual(before);
  });
});

describe('somebody who joins a team', () => {
  it('is invited to the open round at once, and that is written down', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 0 });
    const { id } = await make.openRound(db, cohort);
    await addRater(seriesId, 'teacher', 'Nieuwe leerkracht');
    expect((await askedIn(id)).sort()).toEqual(['director', 'ib', 'teacher']);
    expect(await auditOf('invitation.added')).toHaveLength(1);
  });

  it('joins the own cohort only', async () => {
    const seriesId = await make.addSeries(db, cohort);
    const other = await make.makeCohort(db);
    const adding = participants.addRater(db, other.trainer, cohort.secret, seriesId, 'teacher', {
      ...{ name: 'Indringer', email: null },
    });
    await expect(adding).rejects.toEqual(refused('forbidden'));
  });
});

describe('somebody who leaves a team', () => {
  it('takes an unsubmitted form along; a new director is asked instead', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 0 });
    const { id, invited } = await make.openRound(db, cohort);
    await make.enter(db, make.inRole(invited, 'director'));
    await participants.removeRater(db, cohort.trainer, (await memberOf(seriesId, 'director')).id);
    expect(await askedIn(id)).toEqual(['ib']);
    await addRater(seriesId, 'director', 'Opvolger', 'opvolger@school.example');
    expect((await askedIn(id)).sort()).toEqual(['director', 'ib']);
  });

  it('leaves a submitted form; that round keeps this director, the next asks the new one', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 0 });
    const { id, invited } = await make.openRound(db, cohort);
    const left = make.inRole(invited, 'director');
    await make.fillAndSubmit(db, left);
    await participants.removeRater(db, cohort.trainer, (await memberOf(seriesId, 'director')).id);
    await addRater(seriesId, 'director', 'Opvolger', 'opvolger@school.example');
    const [school] = await rounds.progress(db, cohort.trainer, id);
    const directors = school?.raters.filter(({ role }) => role === 'director');
    expect(directors?.map(({ personId, status }) => [personId, status])).toEqual([[left.personId, 'submitted']]);
    await rounds.close(db, cohort.trainer, id);
    const next = await make.openRound(db, cohort);
    expect(make.inRole(next.invited, 'director').personId).not.toBe(left.personId);
  });

  it('may come back: after submitting without a second form, before that with a new one', async () => {
    const seriesId = await make.addSeries(db, cohort, { teachers: 1 });
    const { id, invited } = await make.openRound(db, cohort);
    const { email } = await memberOf(seriesId, 'teacher');
    const leaveAndReturn = async () => {
      await participants.removeRater(db, cohort.trainer, (await memberOf(seriesId, 'teacher')).id);
      await addRater(seriesId, 'teacher', 'Leerkracht 1', email);
      const again = await make.listInvited(db, cohort, id);
      return again.filter(({ role }) => role === 'teacher').map(({ invitationId }) => invitationId);
    };
    const first = make.inRole(invited, 'teacher').invitationId;
    const [second, ...more] = await leaveAndReturn();
    expect(second).not.toBe(first);
    expect(more).toEqual([]);
    await make.fillAndSubmit(db, make.inRole(await make.listInvited(db, cohort, id), 'teacher'));
    expect(await leaveAndReturn()).toEqual([second]);
  });

  it('leaves the own cohort only, and the IB’er not at all', async () => {
    const seriesId = await make.addSeries(db, cohort);
    const other = await make.makeCohort(db);
    const teacher = await memberOf(seriesId, 'teacher');
    await expect(participants.removeRater(db, other.trainer, teacher.id)).rejects.toEqual(refused('forbidden'));
    const ib = await memberOf(seriesId, 'ib');
    await expect(participants.removeRater(db, cohort.trainer, ib.id)).rejects.toEqual(refused('ib_stays'));
  });
});

describe('a sign-in link for IB’er or director', () => {
  const linkFor = (seriesId: string, memberId: string, actor = cohort.trainer, hasMail = false) =>
    participants.memberSignInLink(db, actor, { ...settings, hasMail }, seriesId, memberId);

  it('is refused where mail is set up: the person asks for it, and nobody else can sign in as them', async () => {
    const seriesId = await make.addSeries(db, cohort);
    const ib = await memberOf(seriesId, 'ib');
    await expect(linkFor(seriesId, ib.id, cohort.trainer, true)).rejects.toEqual(refused('sign_in_link_mailed'));
    expect(await auditOf('sign_in_link.made')).toEqual([]);
  });

  it('is made for a person of the own cohort, with an account, and written down', async () => {
    const seriesId = await make.addSeries(db, cohort);
    const link = await linkFor(seriesId, (await memberOf(seriesId, 'ib')).id);
    expect(link).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S{20,}$/);
    const person = await db.selectFrom('person').select('user_id').where('user_id', 'is not', null).execute();
    expect(person).toHaveLength(1);
    expect((await auditOf('sign_in_link.made')).map((row) => row.object_id)).toEqual([person[0]?.user_id]);
  });

  it('is not for a teacher, nor for somebody of another team or cohort', async () => {
    const seriesId = await make.addSeries(db, cohort);
    const elsewhere = await make.addSeries(db, cohort);
    const teacher = await memberOf(seriesId, 'teacher');
    const director = await memberOf(seriesId, 'director');
    await expect(linkFor(seriesId, teacher.id)).rejects.toEqual(refused('not_found'));
    await expect(linkFor(elsewhere, director.id)).rejects.toEqual(refused('not_found'));
    const other = await make.makeCohort(db);
    await expect(linkFor(seriesId, director.id, other.trainer)).rejects.toEqual(refused('forbidden'));
    expect(await auditOf('sign_in_link.made')).toEqual([]);
  });

  it('is refused for somebody who also takes part with another trainer', async () => {
    const shared = { name: 'Joost', email: 'joost@school.example' };
    const other = await make.makeCohort(db);
    const [own, theirs] = [await make.addSeries(db, cohort), await make.addSeries(db, other, { director: null })];
    await participants.removeRater(db, cohort.trainer, (await memberOf(own, 'director')).id);
    await addRater(own, 'director', shared.name, shared.email);
    await participants.addRater(db, other.trainer, other.secret, theirs, 'director', shared);
    await expect(linkFor(own, (await memberOf(own, 'director')).id)).rejects.toEqual(refused('account_elsewhere'));
  });

  it('is refused for an address of staff: it would open more than this school', async () => {
    const admin = await make.makeTrainer(db, { admin: true });
    const account = await db.selectFrom('user').select('email').where('id', '=', admin.userId).executeTakeFirst();
    const seriesId = await make.addSeries(db, cohort, { director: null });
    await addRater(seriesId, 'director', 'Vermomd', account?.email ?? null);
    const director = await memberOf(seriesId, 'director');
    await expect(linkFor(seriesId, director.id)).rejects.toEqual(refused('account_is_staff'));
    expect(await auditOf('sign_in_link.made')).toEqual([]);
  });

  it('needs an address', async () => {
    const seriesId = await make.addSeries(db, cohort, { director: null });
    await addRater(seriesId, 'director', 'Zonder adres');
    const director = await memberOf(seriesId, 'director');
    await expect(linkFor(seriesId, director.id)).rejects.toEqual(refused('person_has_no_email'));
  });
});

describe('the personal links of a school', () => {
  const schoolRoundOf = async (roundId: string) =>
    (await rounds.progress(db, cohort.trainer, roundId))[0]?.schoolRoundId ?? '';

  it('are given while the round is open, each written down', async () => {
    await make.addSeries(db, cohort, { teachers: 1 });
    await make.addSeries(db, cohort);
    const { id, invited } = await make.openRound(db, cohort);
    const links = await participants.schoolLinks(db, cohort.trainer, settings, id, await schoolRoundOf(id));
    const expected = invited.filter(({ seriesId }) => seriesId === invited[0]?.seriesId);
    expect(links.map(({ url }) => url).sort()).toEqual(
      expected.map(({ token }) => `http://localhost:3000/f/${token}`).sort(),
    );
    expect(await auditOf('invitation.link_copied')).toHaveLength(3);
  });

  it('are no longer given of somebody who has submitted: they open the own answers', async () => {
    await make.addSeries(db, cohort, { teachers: 1 });
    const { id, invited } = await make.openRound(db, cohort);
    const [first, ...others] = invited;
    if (!first) throw new Error('nobody was invited');
    await make.fillAndSubmit(db, first);
    const links = await participants.schoolLinks(db, cohort.trainer, settings, id, await schoolRoundOf(id));
    expect(links.map(({ invitationId }) => invitationId).sort()).toEqual(
      others.map(({ invitationId }) => invitationId).sort(),
    );
    await expect(invitations.copyLink(db, cohort.trainer, settings, first.invitationId)).rejects.toEqual(
      refused('rater_submitted'),
    );
  });

  it('are not given either of a form that was opened again: it holds all the answers', async () => {
    await make.addSeries(db, cohort, { teachers: 1 });
    const { id, invited } = await make.openRound(db, cohort);
    const [first, ...others] = invited;
    if (!first) throw new Error('nobody was invited');
    await make.fillAndSubmit(db, first);
    await invitations.reopen(db, cohort.trainer, first.invitationId);
    await expect(invitations.copyLink(db, cohort.trainer, settings, first.invitationId)).rejects.toEqual(
      refused('rater_submitted'),
    );
    const links = await participants.schoolLinks(db, cohort.trainer, settings, id, await schoolRoundOf(id));
    expect(links).toHaveLength(others.length);
  });

  it('are refused to another trainer, for another round and after closing', async () => {
    await make.addSeries(db, cohort);
    const { id } = await make.openRound(db, cohort);
    const schoolRoundId = await schoolRoundOf(id);
    const other = await make.makeCohort(db);
    const links = (actor: typeof cohort.trainer, roundId: string) =>
      participants.schoolLinks(db, actor, settings, roundId, schoolRoundId);
    await expect(links(other.trainer, id)).rejects.toEqual(refused('forbidden'));
    const planned = await make.planRound(db, cohort);
    await expect(links(cohort.trainer, planned)).rejects.toEqual(refused('not_found'));
    await rounds.close(db, cohort.trainer, id);
    await expect(links(cohort.trainer, id)).rejects.toEqual(refused('round_not_open'));
  });
});
