import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { listOpenForms } from '#lib/server/mail/facts-queries.ts';
import * as quiet from '#lib/server/invitations/quiet-service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { takeConsentBack } from '#lib/server/responses/consent-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as follow from '#lib/server/rounds/follow-service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import { runSchedule } from '#lib/server/rounds/schedule-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { emptyOutbox, senderTo } from '../support/outbox.ts';
import { closedRound } from '../support/school-reports.ts';
import { mailServer } from '../support/smtp.ts';

/** What whoever fills in may choose about the own form, by the personal link alone. */

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code }) as unknown;
const TWO = { director: () => 2, ib: () => 4, teachers: [() => 3, () => 5] };

let db: Db;
beforeEach(async () => {
  db = await testDatabase();
});

describe('taking back the yes to being recognised', () => {
  const back = (of: make.Entered) => takeConsentBack(db, of.responsePublicId, of.sessionToken);

  it('takes the teachers’ view out of a report that was released, for good, and tells nobody who it was', async () => {
    const closed = await closedRound(db, TWO, { mode: 'open' });
    const figures = async () => (await reports.get(db, closed.ib, closed.schoolRoundId)).figures;
    expect((await figures()).aspects[0]?.views.teacher).toEqual({ score: 4 });
    const teacher = await make.enter(db, make.inRole(closed.round.invited, 'teacher'));
    await back(teacher);
    await back(teacher);
    const { aspects, raters } = await figures();
    expect(new Set(aspects.map(({ views }) => views.teacher.reason))).toEqual(new Set(['consent']));
    expect(raters.teacher.answered).toBe(2);
    const gone = await db.selectFrom('view_gone').selectAll().execute();
    expect(gone).toEqual([{ person: null, school_round_id: closed.schoolRoundId, view: 'teacher' }]);
    const noted = await db.selectFrom('journal_entry').select(['kind', 'object_id']).execute();
    const { invitationId } = make.inRole(closed.round.invited, 'teacher');
    expect(noted).toContainEqual({ kind: 'consent_withdrawn', object_id: invitationId });
    const log = await db.selectFrom('audit_event').select('action').where('object_id', '=', invitationId).execute();
    expect(log).toEqual([]);
  });

  it('keeps the view out of a report that is still to come', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort, { teachers: 2 });
    const { invited } = await make.openRound(db, cohort, { mode: 'open' });
    const teacher = await make.fillAndSubmit(db, make.inRole(invited, 'teacher'));
    await back(teacher);
    expect(await make.reopen(db, teacher)).toMatchObject({ consent: false, status: 'submitted' });
  });

  it('holds where a trainer opens the form again: a yes is refused, a no is not', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort, { teachers: 2 });
    const { invited } = await make.openRound(db, cohort, { mode: 'open' });
    const invitation = make.inRole(invited, 'teacher');
    const teacher = await make.fillAndSubmit(db, invitation);
    await back(teacher);
    await invitations.reopen(db, cohort.trainer, invitation.invitationId);
    const form = await make.reopen(db, teacher);
    expect(form).toMatchObject({ consent: false, consentIsFinal: true, writable: true });
    await expect(responses.chooseConsent(db, form, true)).rejects.toEqual(refused('consent_taken_back'));
    await responses.chooseConsent(db, form, false);
    await responses.submit(db, teacher.responsePublicId, teacher.sessionToken);
    expect(await make.reopen(db, teacher)).toMatchObject({ consent: false, status: 'submitted' });
  });

  it('is for a yes that was sent only: before that the choice is on the first page', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort);
    const open = await make.openRound(db, cohort, { mode: 'open' });
    const begun = await make.enter(db, make.inRole(open.invited, 'teacher'));
    await expect(back(begun)).rejects.toEqual(refused('not_found'));
    const director = await make.fillAndSubmit(db, make.inRole(open.invited, 'director'));
    await expect(back(director)).rejects.toEqual(refused('not_found'));
    await expect(takeConsentBack(db, director.responsePublicId, undefined)).rejects.toEqual(refused('link_unknown'));
  });
});

describe('ending the own link', () => {
  it('ends it and every session of the form; the answers count as before', async () => {
    const closed = await closedRound(db, TWO);
    const before = await reports.get(db, closed.ib, closed.schoolRoundId);
    const director = make.inRole(closed.round.invited, 'director');
    const [here, there] = [await make.enter(db, director), await make.enter(db, director)];
    await invitations.endOwnLink(db, here.responsePublicId, here.sessionToken);
    await expect(make.reopen(db, here)).rejects.toEqual(refused('link_unknown'));
    await expect(make.reopen(db, there)).rejects.toEqual(refused('link_unknown'));
    await expect(invitations.follow(db, director.secret, director.token)).rejects.toEqual(refused('link_unknown'));
    expect((await reports.get(db, closed.ib, closed.schoolRoundId)).figures).toEqual(before.figures);
  });

  it('keeps the form shut: no trainer opens it again, and no mail brings another link', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort);
    const { id, invited } = await make.openRound(db, cohort);
    const teacher = make.inRole(invited, 'teacher');
    const sent = await make.fillAndSubmit(db, teacher);
    const { trainer } = cohort;
    expect(await invitations.reopeningRefused(db, trainer, teacher.invitationId)).toBeNull();
    await invitations.endOwnLink(db, sent.responsePublicId, sent.sessionToken);
    expect(await invitations.reopeningRefused(db, trainer, teacher.invitationId)).toBe('rater_link_ended');
    const opened = invitations.reopen(db, trainer, teacher.invitationId);
    await expect(opened).rejects.toEqual(refused('rater_link_ended'));
    // As in a copy of before it was sent that is put back, where the journal has ended the link.
    await db.updateTable('response').set({ status: 'started', submitted_at: null }).execute();
    const settings = { secret: cohort.secret, publicUrl: 'https://drieluik.example' };
    const copied = invitations.copyLink(db, trainer, settings, teacher.invitationId);
    await expect(copied).rejects.toEqual(refused('rater_link_ended'));
    const later = new Date(Date.now() + 7 * 86_400_000);
    const { to, leftOut } = await reminders.preview(db, trainer, id, {}, later);
    expect([...to, ...leftOut].map(({ name }) => name)).not.toContain(sent.form.raterName);
    expect(to.length).toBeGreaterThan(0);
    expect(await listOpenForms(db, id, teacher.personId)).toEqual([]);
  });

  it('is refused as long as there is something to send', async () => {
    const cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort);
    const { invited } = await make.openRound(db, cohort);
    const begun = await make.enter(db, make.inRole(invited, 'teacher'));
    const ended = invitations.endOwnLink(db, begun.responsePublicId, begun.sessionToken);
    await expect(ended).rejects.toEqual(refused('rater_not_submitted'));
  });
});

describe('wanting no reminders', () => {
  const later = new Date('2026-03-09T10:00:00+01:00');
  let cohort: make.TestCohort;
  let round: make.TestRound;
  let teacher: make.Invited;
  beforeEach(async () => {
    cohort = await make.makeCohort(db);
    await make.addSeries(db, cohort);
    round = await make.openRound(db, cohort, { at: new Date('2026-03-02T10:00:00+01:00') });
    teacher = make.inRole(round.invited, 'teacher');
  });
  const choose = (choice: 'stop' | 'go_on') => quiet.chooseReminders(db, cohort.secret, teacher.token, choice);
  const asked = async (who: string) => {
    await runSchedule(db, { secret: cohort.secret }, later);
    const rows = await db.selectFrom('mail').select('person_id').where('template', '=', 'reminder').execute();
    return rows.filter(({ person_id }) => person_id === who).length;
  };

  it('is kept by the schedule and by hand, and the trainer sees it at the name', async () => {
    await choose('stop');
    await choose('stop');
    expect(await quiet.isQuiet(db, teacher.invitationId)).toBe(true);
    const { leftOut } = await reminders.preview(db, cohort.trainer, round.id, {}, later);
    expect(leftOut.map(({ why }) => why)).toEqual(['quiet']);
    expect(await asked(teacher.personId)).toBe(0);
    expect(await asked(make.inRole(round.invited, 'ib').personId)).toBe(1);
    const { opened } = await follow.follow(db, cohort.trainer, round.id, null);
    const marked = opened?.people.filter(({ isQuiet }) => isQuiet) ?? [];
    expect(marked.map(({ invitationId }) => invitationId)).toEqual([teacher.invitationId]);
  });

  it('holds for both forms of somebody who has two, for they are asked for in one mail', async () => {
    await make.addSeries(db, cohort, { school: 'De Zwaluw' });
    const two = await make.openRound(db, cohort, { at: new Date('2026-03-02T10:00:00+01:00') });
    const directors = two.invited.filter(({ role }) => role === 'director');
    const [one, other] = directors;
    const personId = one?.personId ?? '';
    await db.updateTable('invitation').set({ person_id: personId }).where('role', '=', 'director').execute();
    await quiet.chooseReminders(db, cohort.secret, one?.token ?? '', 'stop');
    expect(await quiet.isQuiet(db, other?.invitationId ?? '')).toBe(true);
    expect(await quiet.isQuiet(db, make.inRole(round.invited, 'director').invitationId), 'another round').toBe(false);
  });

  it('drops a reminder that was asked for already, and is undone by the same press', async () => {
    await emptyOutbox(db);
    await reminders.send(db, cohort.trainer, round.id, { invitation: teacher.invitationId }, later);
    await choose('stop');
    const server = await mailServer();
    await senderTo(db, server.url, { now: () => later }).run();
    expect(server.accepted).toEqual([]);
    await choose('go_on');
    expect(await quiet.isQuiet(db, teacher.invitationId)).toBe(false);
    const { to } = await reminders.preview(db, cohort.trainer, round.id, {}, new Date('2026-03-16T10:00:00+01:00'));
    expect(to.map(({ personId }) => personId)).toContain(teacher.personId);
  });
});
