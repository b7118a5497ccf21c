import { describe, expect, it } from 'vitest';
import * as invitations from '#lib/server/invitations/service.ts';
import { takeConsentBack } from '#lib/server/responses/consent-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as make from '../support/factories.ts';
import { servedDesk } from '../support/served-desk.ts';

/** What whoever fills in chose after a copy was made, once that copy is put back. */

const served = servedDesk();

async function teacherOf(mode: 'protected' | 'open'): Promise<make.Invited> {
  const cohort = await make.makeCohort(served().app.db, { secret: served().app.config.secret });
  await make.addSeries(served().app.db, cohort);
  const { invited } = await make.openRound(served().app.db, cohort, { mode });
  return make.inRole(invited, 'teacher');
}

describe('a copy that is put back', () => {
  it('leaves a link ended that its rater ended, and knows that it is for good', async () => {
    const teacher = await teacherOf('protected');
    const copy = await served().backup();
    const sent = await make.fillAndSubmit(served().app.db, teacher);
    await invitations.endOwnLink(served().app.db, sent.responsePublicId, sent.sessionToken);
    await served().restore(copy);
    await expect(make.enter(served().app.db, teacher)).rejects.toMatchObject({ code: 'link_unknown' });
    const ended = served().app.db.selectFrom('invitation').select('id').where('link_ended_at', 'is not', null);
    expect(await ended.execute()).toEqual([{ id: teacher.invitationId }]);
  });

  const consentOf = (teacher: make.Invited) =>
    served()
      .app.db.selectFrom('response')
      .select(['consent', 'consent_is_final as isFinal'])
      .where('invitation_id', '=', teacher.invitationId)
      .executeTakeFirst();

  it('keeps the last word of a teacher who said yes, then no, then yes', async () => {
    const teacher = await teacherOf('open');
    const entered = await make.enter(served().app.db, teacher);
    const choose = (consent: boolean) => responses.chooseConsent(served().app.db, entered.form, consent);
    await choose(true);
    await choose(false);
    const between = await served().backup();
    await choose(true);
    await make.answerOne(served().app.db, entered);
    await responses.submit(served().app.db, entered.responsePublicId, entered.sessionToken);
    const sent = await served().backup('sent.sqlite');
    await served().restore(sent);
    expect(await consentOf(teacher), 'sent with a yes').toEqual({ consent: 1, isFinal: 0 });
    await served().restore(between);
    expect(await consentOf(teacher), 'still at the no').toEqual({ consent: 1, isFinal: 0 });
  });

  it('leaves a yes taken back for good that was taken back after it was sent', async () => {
    const teacher = await teacherOf('open');
    const entered = await make.fillAndSubmit(served().app.db, teacher);
    const copy = await served().backup();
    await takeConsentBack(served().app.db, entered.responsePublicId, entered.sessionToken);
    await served().restore(copy);
    expect(await consentOf(teacher)).toEqual({ consent: 0, isFinal: 1 });
  });
});
