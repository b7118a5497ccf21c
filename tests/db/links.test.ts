import { beforeEach, describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { invitationToken, newToken } from '#lib/server/ids.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let seriesId: string;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  seriesId = await make.addSeries(db, cohort);
});

const leave = async (person: make.Invited) => {
  const { team } = await cohorts.getSeries(db, cohort.trainer, seriesId);
  const member = team.find(({ personId }) => personId === person.personId);
  await participants.removeRater(db, cohort.trainer, member?.id ?? '');
};

describe('a personal link', () => {
  it('shows whose form it is and changes nothing', async () => {
    const { invited } = await make.openRound(db, cohort);
    const { token } = make.inRole(invited, 'director');
    await invitations.follow(db, cohort.secret, token);
    expect(await invitations.follow(db, cohort.secret, token)).toMatchObject({
      ...{ role: 'director', raterName: 'Joost van Dalen', rateeName: 'Marloes Hendriks', roundName: 'T0' },
      responsePublicId: null,
    });
  });

  it('leads to the same form every time', async () => {
    const { invited } = await make.openRound(db, cohort);
    const person = make.inRole(invited, 'teacher');
    const first = await make.enter(db, person);
    const second = await make.enter(db, person);
    expect(second.responsePublicId).toBe(first.responsePublicId);
    expect(second.sessionToken).not.toBe(first.sessionToken);
    expect(second.form.pageSeed).toBe(first.form.pageSeed);
  });

  it('gives one form to two clicks at the same moment', async () => {
    const { invited } = await make.openRound(db, cohort);
    const person = make.inRole(invited, 'teacher');
    const [one, two] = await Promise.all([make.enter(db, person), make.enter(db, person)]);
    expect(one.responsePublicId).toBe(two.responsePublicId);
  });

  it('answers alike when it never was, is planned, withdrawn or replaced', async () => {
    const unknown = refused('link_unknown');
    await expect(invitations.follow(db, cohort.secret, newToken())).rejects.toEqual(unknown);
    await expect(invitations.follow(db, cohort.secret, '')).rejects.toEqual(unknown);

    const round = await make.openRound(db, cohort);
    const [, , teacher, other] = round.invited;
    if (!teacher || !other) throw new Error('the factory makes three teachers');
    await leave(teacher);
    await expect(invitations.enter(db, cohort.secret, teacher.token)).rejects.toEqual(unknown);
    const replaced = invitationToken(cohort.secret, other.invitationId, 2);
    await expect(invitations.follow(db, cohort.secret, replaced)).rejects.toEqual(unknown);

    // A link that is right may say that the round is closed; one that was withdrawn says nothing of the kind.
    await rounds.close(db, cohort.trainer, round.id);
    const closed = refused('round_closed');
    await expect(invitations.follow(db, cohort.secret, other.token)).rejects.toEqual(closed);
    await expect(invitations.enter(db, cohort.secret, other.token)).rejects.toEqual(closed);
    await expect(invitations.follow(db, cohort.secret, teacher.token)).rejects.toEqual(unknown);
  });

  it('of an earlier SECRET no longer works; the one that the trainer then copies does', async () => {
    const { invited } = await make.openRound(db, cohort);
    const person = make.inRole(invited, 'teacher');
    const secret = 'another secret that came in its place, long enough';
    await expect(invitations.follow(db, secret, person.token)).rejects.toEqual(refused('link_unknown'));
    const settings = { secret, publicUrl: 'http://localhost' };
    const url = await invitations.copyLink(db, cohort.trainer, settings, person.invitationId);
    const token = url.slice(url.lastIndexOf('/') + 1);
    expect(token).not.toBe(person.token);
    await expect(invitations.enter(db, secret, token)).resolves.toBeDefined();
    await expect(invitations.follow(db, secret, person.token)).rejects.toEqual(refused('link_unknown'));
  });

  it('still leads to the own answers once the round is closed', async () => {
    const round = await make.openRound(db, cohort);
    const person = make.inRole(round.invited, 'teacher');
    await make.fillAndSubmit(db, person);
    await rounds.close(db, cohort.trainer, round.id);
    const { form } = await make.enter(db, person);
    expect(form).toMatchObject({ status: 'submitted', writable: false });
    expect((await answers.load(db, form)).aspects['C1.01']).toMatchObject({ score: 3 });
  });
});

describe('what a personal link opens', () => {
  it('is an empty form, then a form that was begun, then the own answers, at last for good', async () => {
    const round = await make.openRound(db, cohort);
    const person = make.inRole(round.invited, 'ib');
    const state = async () => invitations.stateOf(await invitations.follow(db, cohort.secret, person.token));
    expect(await state()).toBe('fresh');
    await make.enter(db, person);
    expect(await state()).toBe('started');
    await make.fillAndSubmit(db, person);
    expect(await state(), 'nothing to look back on in the first round').toBe('submitted');
    await rounds.close(db, cohort.trainer, round.id);
    expect(await state()).toBe('closed');
  });

  it('is the look-back questions for the IB’er from the second round on, until the first is answered', async () => {
    const first = await make.openRound(db, cohort);
    await rounds.close(db, cohort.trainer, first.id);
    const { invited } = await make.openRound(db, cohort);
    const stateFor = async (role: make.Invited['role']) => {
      const { form } = await make.fillAndSubmit(db, make.inRole(invited, role));
      const follow = () => invitations.follow(db, cohort.secret, make.inRole(invited, role).token);
      return { form, state: async () => invitations.stateOf(await follow()) };
    };
    expect(await (await stateFor('director')).state()).toBe('submitted');
    const ib = await stateFor('ib');
    expect(await ib.state()).toBe('look_back');
    await answers.saveLookBack(db, ib.form, 'C1', 4, 1);
    expect(await ib.state()).toBe('submitted');
  });
});

describe('a rater’s session', () => {
  it('opens its own form and no other', async () => {
    const { invited } = await make.openRound(db, cohort);
    const mine = await make.enter(db, make.inRole(invited, 'teacher'));
    const other = await make.enter(db, make.inRole(invited, 'director'));
    const crossed = responses.open(db, other.responsePublicId, mine.sessionToken);
    await expect(crossed).rejects.toEqual(refused('link_unknown'));
    await expect(responses.open(db, mine.responsePublicId, undefined)).rejects.toEqual(refused('link_unknown'));
  });

  it('ends with Stop, and a new one starts through the link', async () => {
    const { invited } = await make.openRound(db, cohort);
    const person = make.inRole(invited, 'teacher');
    const entered = await make.enter(db, person);
    await responses.endSession(db, entered.sessionToken);
    await expect(make.reopen(db, entered)).rejects.toEqual(refused('link_unknown'));
    await expect(make.enter(db, person)).resolves.toBeDefined();
  });

  it('ends after fourteen days', async () => {
    const { invited } = await make.openRound(db, cohort);
    const longAgo = new Date(Date.now() - 14 * 86_400_000 - 1000);
    const entry = await invitations.enter(db, cohort.secret, make.inRole(invited, 'teacher').token, longAgo);
    await expect(make.reopen(db, entry)).rejects.toEqual(refused('link_unknown'));
  });

  it('ends when the rater is taken out of the team, in the middle of an answer too', async () => {
    const { invited } = await make.openRound(db, cohort);
    const person = make.inRole(invited, 'teacher');
    const entered = await make.enter(db, person);
    await leave(person);
    await expect(make.reopen(db, entered)).rejects.toEqual(refused('link_unknown'));
    const late = answers.save(db, entered.form, 'C1.01', make.answer({ score: 3 }), 1);
    await expect(late).rejects.toEqual(refused('link_unknown'));
  });
});

describe('submitting', () => {
  it('counts once, however often the button is pressed', async () => {
    const { invited } = await make.openRound(db, cohort);
    const entered = await make.enter(db, make.inRole(invited, 'teacher'));
    await make.answerOne(db, entered);
    const submit = () => responses.submit(db, entered.responsePublicId, entered.sessionToken);
    await Promise.all([submit(), submit()]);
    const { submittedAt, status } = await make.reopen(db, entered);
    await submit();
    expect(status).toBe('submitted');
    expect((await make.reopen(db, entered)).submittedAt).toBe(submittedAt);
  });

  it('is refused as long as nothing was answered; a remark is no answer, the flag "unclear" is', async () => {
    const { invited } = await make.openRound(db, cohort);
    const entered = await make.enter(db, make.inRole(invited, 'teacher'));
    const submit = () => responses.submit(db, entered.responsePublicId, entered.sessionToken);
    await expect(submit()).rejects.toEqual(refused('nothing_answered'));
    await answers.save(db, entered.form, 'C1.01', make.answer({ comment: 'Hier weet ik weinig van.' }), 1);
    await expect(submit()).rejects.toEqual(refused('nothing_answered'));
    expect(await make.reopen(db, entered)).toMatchObject({ status: 'started' });
    await answers.save(db, entered.form, 'C1.02', make.answer({ unclear: true }), 1);
    await submit();
    expect(await make.reopen(db, entered)).toMatchObject({ status: 'submitted' });
  });

  it('is refused once the round is closed', async () => {
    const round = await make.openRound(db, cohort);
    const entered = await make.enter(db, make.inRole(round.invited, 'teacher'));
    await rounds.close(db, cohort.trainer, round.id);
    const late = responses.submit(db, entered.responsePublicId, entered.sessionToken);
    await expect(late).rejects.toEqual(refused('round_closed'));
    expect(await make.reopen(db, entered)).toMatchObject({ status: 'started', writable: false });
  });
});

describe('open mode', () => {
  it('asks each teacher for consent before the first answer; the director and the IB’er are not asked', async () => {
    const { invited } = await make.openRound(db, cohort, { mode: 'open' });
    const { form, ...teacher } = await make.enter(db, make.inRole(invited, 'teacher'));
    expect(form).toMatchObject({ asksConsent: true, consent: null });
    const missing = refused('consent_missing');
    const score = make.answer({ score: 3 });
    await expect(answers.save(db, form, 'C1.01', score, 1)).rejects.toEqual(missing);
    const page = { aspects: [{ code: 'C1.01', before: make.answer(), after: score }], scales: [] };
    await expect(answers.savePage(db, form, page)).rejects.toEqual(missing);
    await expect(responses.submit(db, teacher.responsePublicId, teacher.sessionToken)).rejects.toEqual(missing);
    expect((await make.enter(db, make.inRole(invited, 'director'))).form.asksConsent).toBe(false);
    expect((await make.enter(db, make.inRole(invited, 'ib'))).form.asksConsent).toBe(false);
  });

  it('lets a teacher change the choice until submitting', async () => {
    const { invited } = await make.openRound(db, cohort, { mode: 'open' });
    const entered = await make.enter(db, make.inRole(invited, 'teacher'));
    await responses.chooseConsent(db, entered.form, true);
    await responses.chooseConsent(db, entered.form, false);
    expect(await make.reopen(db, entered)).toMatchObject({ consent: false });
    await make.answerOne(db, entered);
    await responses.submit(db, entered.responsePublicId, entered.sessionToken);
    const late = responses.chooseConsent(db, entered.form, true);
    await expect(late).rejects.toEqual(refused('response_submitted'));
    expect(await make.reopen(db, entered)).toMatchObject({ consent: false });
  });

  it('is not asked in protected mode', async () => {
    const { invited } = await make.openRound(db, cohort);
    const { form } = await make.enter(db, make.inRole(invited, 'teacher'));
    expect(form).toMatchObject({ asksConsent: false });
    expect(await responses.companyOf(db, form)).toEqual({
      ...{ director: 'Joost van Dalen', asksDirector: true, teachers: 3 },
    });
  });
});
