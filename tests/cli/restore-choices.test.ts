import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type App } from '#lib/server/app.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { takeConsentBack } from '#lib/server/responses/consent-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import { makeDesk, must, type Desk } from '../support/command-line.ts';
import * as make from '../support/factories.ts';

/** What whoever fills in chose after a copy was made, once that copy is put back. */

let desk: Desk;
let app: App;
beforeEach(async () => {
  desk = makeDesk();
  app = await startApp(desk.env);
});
afterEach(async () => {
  await app.close();
  desk.remove();
});

async function backup(name = 'copy.sqlite'): Promise<string> {
  const copy = desk.file(name);
  await must(desk.run('backup', copy));
  return copy;
}

/** The copy is put back, with the server stopped for it. */
async function restore(copy: string): Promise<void> {
  await app.close();
  await must(desk.run('restore', copy));
  app = await startApp(desk.env);
}

async function teacherOf(mode: 'protected' | 'open'): Promise<make.Invited> {
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort);
  const { invited } = await make.openRound(app.db, cohort, { mode });
  return make.inRole(invited, 'teacher');
}

describe('a copy that is put back', () => {
  it('leaves a link ended that its rater ended, and knows that it is for good', async () => {
    const teacher = await teacherOf('protected');
    const copy = await backup();
    const sent = await make.fillAndSubmit(app.db, teacher);
    await invitations.endOwnLink(app.db, sent.responsePublicId, sent.sessionToken);
    await restore(copy);
    await expect(make.enter(app.db, teacher)).rejects.toMatchObject({ code: 'link_unknown' });
    const ended = app.db.selectFrom('invitation').select('id').where('link_ended_at', 'is not', null);
    expect(await ended.execute()).toEqual([{ id: teacher.invitationId }]);
  });

  const consentOf = (teacher: make.Invited) =>
    app.db
      .selectFrom('response')
      .select(['consent', 'consent_is_final as isFinal'])
      .where('invitation_id', '=', teacher.invitationId)
      .executeTakeFirst();

  it('keeps the last word of a teacher who said yes, then no, then yes', async () => {
    const teacher = await teacherOf('open');
    const entered = await make.enter(app.db, teacher);
    const choose = (consent: boolean) => responses.chooseConsent(app.db, entered.form, consent);
    await choose(true);
    await choose(false);
    const between = await backup();
    await choose(true);
    await make.answerOne(app.db, entered);
    await responses.submit(app.db, entered.responsePublicId, entered.sessionToken);
    const sent = await backup('sent.sqlite');
    await restore(sent);
    expect(await consentOf(teacher), 'sent with a yes').toEqual({ consent: 1, isFinal: 0 });
    await restore(between);
    expect(await consentOf(teacher), 'still at the no').toEqual({ consent: 1, isFinal: 0 });
  });

  it('leaves a yes taken back for good that was taken back after it was sent', async () => {
    const teacher = await teacherOf('open');
    const entered = await make.fillAndSubmit(app.db, teacher);
    const copy = await backup();
    await takeConsentBack(app.db, entered.responsePublicId, entered.sessionToken);
    await restore(copy);
    expect(await consentOf(teacher)).toEqual({ consent: 0, isFinal: 1 });
  });
});
