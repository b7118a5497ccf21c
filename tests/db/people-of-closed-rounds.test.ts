import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as leaving from '#lib/server/participants/series-service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as reports from '#lib/server/reports/queries.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { senderTo } from '../support/outbox.ts';
import { mailServer } from '../support/smtp.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

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

const series = () => cohorts.getSeries(db, cohort.trainer, seriesId);
async function member(role: string) {
  const found = (await series()).team.find((each) => each.role === role);
  if (!found) throw new Error(`the team has no ${role}`);
  return found;
}
const at = async (role: string) => ({
  ...{ seriesId, memberId: (await member(role)).id, version: (await series()).version },
});
const close = () => rounds.close(db, cohort.trainer, round.id);
const inThreeDays = new Date(Date.now() + 3 * 86_400_000);
const closesOn = inThreeDays.toISOString().slice(0, 10);
const reopen = () => rounds.reopen(db, cohort.trainer, cohort.secret, round.id, closesOn);
const invited = (role: string) => make.inRole(round.invited, role as 'director');
const follow = (role: string) => invitations.follow(db, cohort.secret, invited(role).token);
const unknown = (role: string) => expect(follow(role)).rejects.toEqual(refused('link_unknown'));
const replaceDirector = async () =>
  people.replaceRater(
    ...([db, cohort.trainer, cohort.secret, await at('director')] as const),
    ...([{ name: 'Els Nieuw', email: 'els@school.example' }, new Date()] as const),
  );
async function moveTo(role: string, email: string) {
  const { name } = await member(role);
  const given = { name: name ?? '', email, language: 'nl' as const };
  await people.correct(db, cohort.trainer, cohort.secret, await at(role), given, new Date());
}

describe('a round that opens once more', () => {
  it('keeps the link of a removed or replaced person ended, and reminds neither', async () => {
    await make.enter(db, invited('director'));
    await close();
    await participants.removeRater(db, cohort.trainer, (await member('teacher')).id);
    await replaceDirector();
    await reopen();
    await unknown('teacher');
    await unknown('director');
    await reminders.send(db, cohort.trainer, round.id, {}, inThreeDays);
    const reminded = await db.selectFrom('mail').select('person_id').where('template', '=', 'reminder').execute();
    const els = (await member('director')).personId;
    expect(reminded.map(({ person_id: id }) => id).sort()).toEqual([els, invited('ib').personId].sort());
  });

  it('asks the director and the teacher who came meanwhile, with a form and an invitation each', async () => {
    await close();
    await replaceDirector();
    const teacher = { name: 'Noor Nieuw', email: 'noor@school.example' };
    await participants.addRater(db, cohort.trainer, cohort.secret, seriesId, 'teacher', teacher);
    const before = (await rounds.previewReopening(db, cohort.trainer, round.id)).newcomers;
    expect(before.map(({ name, hasAddress }) => [name, hasAddress])).toEqual([
      ['Els Nieuw', true],
      ['Noor Nieuw', true],
    ]);
    await reopen();
    const raters = (await rounds.progress(db, cohort.trainer, round.id)).flatMap((school) => school.raters);
    expect(raters.map(({ role, name }) => `${role} ${name}`).sort()).toEqual([
      'director Els Nieuw',
      'ib Marloes Hendriks',
      'teacher Leerkracht 1',
      'teacher Noor Nieuw',
    ]);
    const mails = await db.selectFrom('mail').select('person_id').where('template', '=', 'invitation').execute();
    const asked = raters.filter(({ name }) => name?.endsWith('Nieuw')).map(({ personId }) => personId);
    expect(mails.filter(({ person_id: id }) => asked.includes(id ?? ''))).toHaveLength(2);
    expect((await rounds.previewReopening(db, cohort.trainer, round.id)).newcomers).toEqual([]);
  });

  it('keeps a director who has submitted, and does not ask the new one', async () => {
    await make.fillAndSubmit(db, invited('director'));
    await close();
    await replaceDirector();
    expect((await rounds.previewReopening(db, cohort.trainer, round.id)).newcomers).toEqual([]);
    await reopen();
    const raters = (await rounds.progress(db, cohort.trainer, round.id)).flatMap((school) => school.raters);
    expect(raters.filter(({ role }) => role === 'director')).toMatchObject([
      { personId: invited('director').personId },
    ]);
  });

  it('asks nobody about an IB’er who left, until she is back', async () => {
    await make.fillAndSubmit(db, invited('ib'));
    await close();
    await leaving.leave(db, cohort.trainer, { seriesId, version: (await series()).version }, new Date());
    await reopen();
    expect(await follow('ib')).toMatchObject({ responseStatus: 'submitted' });
    await unknown('teacher');
    await unknown('director');
    await leaving.rejoin(db, cohort.trainer, cohort.secret, seriesId, new Date());
    expect(await follow('teacher')).toMatchObject({ responseStatus: null });
  });

  it('has what was begun about an IB’er who was away when it closed', async () => {
    await make.answerOne(db, await make.enter(db, invited('teacher')));
    await leaving.leave(db, cohort.trainer, { seriesId, version: (await series()).version }, new Date());
    await close();
    await leaving.rejoin(db, cohort.trainer, cohort.secret, seriesId, new Date());
    await reopen();
    expect(await follow('teacher')).toMatchObject({ responseStatus: 'started' });
    const raters = (await rounds.progress(db, cohort.trainer, round.id)).flatMap((school) => school.raters);
    expect(raters.filter(({ role }) => role === 'teacher')).toHaveLength(1);
  });

  it('and has had somebody replaced who had begun: that address was told', async () => {
    const { email } = await member('director');
    await make.answerOne(db, await make.enter(db, invited('director')));
    await close();
    await replaceDirector();
    const told = await db.selectFrom('mail').select('address').where('template', '=', 'address_replaced').execute();
    expect(told).toEqual([{ address: email }]);
  });

  it('knows the new address only', async () => {
    const server = await mailServer();
    const send = () => senderTo(db, server.url).run();
    await send();
    await make.answerOne(db, await make.enter(db, invited('director')));
    await close();
    await moveTo('director', 'nieuw@school.example');
    await moveTo('ib', 'ook-nieuw@school.example');
    await send();
    const withLink = () => server.accepted.filter(({ text }) => text?.includes('/f/'));
    const toNew = () => withLink().flatMap(({ to }) => to?.[0]?.address?.match(/.*nieuw.*/) ?? []);
    expect(toNew()).toEqual([]);
    expect(await rounds.previewReopening(db, cohort.trainer, round.id)).toMatchObject({ heldBack: 2 });
    await reopen();
    await send();
    expect(toNew().sort()).toEqual(['nieuw@school.example', 'ook-nieuw@school.example']);
    await unknown('ib');
    await unknown('director');
    const standing = (await rounds.progress(db, cohort.trainer, round.id)).flatMap(({ raters }) => raters);
    expect(standing.map(({ role, status }) => [role, status]).sort()).toEqual([
      ['director', null],
      ['ib', null],
      ['teacher', null],
    ]);
  });
});

describe('the report of a closed round', () => {
  const director = async () => (await reports.listReportsOfSeries(db, seriesId))[0]?.directorId;
  async function release() {
    const ids = (await rounds.progress(db, cohort.trainer, round.id)).map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, cohort.trainer, round.id, ids);
  }

  it('is not for a director who never answered and was replaced before its release', async () => {
    await make.fillAndSubmit(db, invited('ib'));
    await close();
    await replaceDirector();
    await release();
    expect(await director()).toBeNull();
    const told = await db.selectFrom('mail').select('person_id').where('template', '=', 'report_released').execute();
    expect(told.map(({ person_id: id }) => id)).toEqual([invited('ib').personId]);
  });

  it('is for the director who came meanwhile and was asked when the round opened once more', async () => {
    await close();
    await replaceDirector();
    await reopen();
    await close();
    await release();
    expect(await director()).toBe((await member('director')).personId);
  });

  it('stays with the director who submitted, also when another one came before it opened once more', async () => {
    await make.fillAndSubmit(db, invited('director'));
    await close();
    await replaceDirector();
    await reopen();
    await close();
    await release();
    expect(await director()).toBe(invited('director').personId);
  });

  it('is mailed to a reader whose first address comes after its release', async () => {
    const { personId } = invited('ib');
    await db.updateTable('person').set({ email: null }).where('id', '=', personId).execute();
    await close();
    await release();
    const told = () =>
      db
        .selectFrom('mail')
        .select('person_id')
        .where('template', '=', 'report_released')
        .where('person_id', '=', personId)
        .execute();
    expect(await told()).toEqual([]);
    await moveTo('ib', 'eindelijk@school.example');
    expect(await told()).toHaveLength(1);
  });

  it('stays with the director of an IB’er who left', async () => {
    await close();
    await leaving.leave(db, cohort.trainer, { seriesId, version: (await series()).version }, new Date());
    expect(await director()).toBe(invited('director').personId);
  });

  it('stays with the director who was replaced after its release', async () => {
    await close();
    await release();
    await replaceDirector();
    expect(await director()).toBe(invited('director').personId);
  });
});

describe('somebody’s new address', () => {
  it.each(['open', 'closed', 'released'])(
    'ends the old one’s way to a submitted form, in a round that is %s',
    async (state) => {
      const entered = await make.fillAndSubmit(db, invited('director'));
      if (state !== 'open') await close();
      if (state === 'released') {
        const ids = (await rounds.progress(db, cohort.trainer, round.id)).map(({ schoolRoundId }) => schoolRoundId);
        await rounds.release(db, cohort.trainer, round.id, ids);
      }
      await moveTo('director', 'nieuw@school.example');
      await unknown('director');
      const opening = responses.open(db, entered.responsePublicId, entered.sessionToken);
      await expect(opening).rejects.toEqual(refused('link_unknown'));
      const { invitationId: id } = invited('director');
      const kept = await db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      expect(kept).toMatchObject({ generation: 2, withdrawn_at: null });
    },
  );

  it('ends the old one’s way to a form that was begun in a round with a released report', async () => {
    const entered = await make.enter(db, invited('director'));
    await make.answerOne(db, entered);
    await close();
    const ids = (await rounds.progress(db, cohort.trainer, round.id)).map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, cohort.trainer, round.id, ids);
    await moveTo('director', 'nieuw@school.example');
    await unknown('director');
    const opening = responses.open(db, entered.responsePublicId, entered.sessionToken);
    await expect(opening).rejects.toEqual(refused('link_unknown'));
  });

  it('keeps what was begun where the round does not open again, as after a release that was taken back', async () => {
    await make.answerOne(db, await make.enter(db, invited('director')));
    await close();
    const ids = (await rounds.progress(db, cohort.trainer, round.id)).map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(db, cohort.trainer, round.id, ids);
    await rounds.withdrawRelease(db, cohort.trainer, round.id, ids);
    await moveTo('director', 'nieuw@school.example');
    const { invitationId: id } = invited('director');
    const kept = await db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ generation: 2, withdrawn_at: null });
  });
});
