import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import { newId } from '#lib/server/ids.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as today from '../../src/routes/(trainer)/cohorts/+page.server.ts';
import * as plan from '../../src/routes/(trainer)/cohorts/[cohort]/rounds/new/+page.server.ts';
import * as round from '../../src/routes/(trainer)/rounds/[round]/+page.server.ts';
import * as dates from '../../src/routes/(trainer)/rounds/[round]/dates/+page.server.ts';
import * as form from '../../src/routes/(trainer)/rounds/[round]/forms/[invitation]/reopen/+page.server.ts';
import * as remind from '../../src/routes/(trainer)/rounds/[round]/remind/+page.server.ts';
import * as reopen from '../../src/routes/(trainer)/rounds/[round]/reopen/+page.server.ts';
import * as response from '../../src/routes/(trainer)/rounds/[round]/response/+server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';
import { visitRound } from '../support/round-page.ts';

let app: App;
let own: make.TestCohort;
let other: make.TestCohort;
let id: string;
let invited: make.Invited[];

const soon = addDays(dayOf(new Date()), 5);
const dutch = soon.split('-').reverse().join('-');

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  other = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, own);
  // Long enough ago that reminding is possible.
  ({ id, invited } = await make.openRound(app.db, own, { at: new Date(Date.now() - 4 * 86_400_000) }));
});

const as = (params: Record<string, string> = {}, fields: Record<string, string> = {}, actor = own.trainer) => ({
  ...{ app, actor, form: fields },
  params: { round: id, cohort: own.id, ...params },
});
const get = () => rounds.get(app.db, own.trainer, id);

describe('planning with dates', () => {
  const fields = async () => {
    const page = await visit(plan.load, as());
    const usual = 'data' in page ? (page.data as { usual: string }).usual : '';
    return { name: 'T1', instrumentVersionId: usual, reminds: 'no' };
  };

  it('takes a day as it is typed, and an empty field as "by hand"', async () => {
    const outcome = await send(plan.actions, 'default', as({}, { ...(await fields()), opensOn: dutch, closesOn: '' }));
    expect(outcome).toMatchObject({ to: expect.stringMatching(/^\/rounds\//) });
    const all = await rounds.list(app.db, own.id);
    expect(all.at(-1)).toMatchObject({ name: 'T1', opensOn: soon, closesOn: null, reminds: false });
  });

  it('says at the field what cannot be, and keeps what was typed', async () => {
    const typed = { ...(await fields()), opensOn: 'morgen', closesOn: '2020-01-01' };
    const outcome = await send(plan.actions, 'default', as({}, typed));
    expect(outcome).toMatchObject({
      status: 400,
      shown: {
        values: typed,
        errors: {
          opensOn: 'Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 02-03-2026.',
          closesOn: 'Deze dag is al voorbij. Kies vandaag of een latere dag.',
        },
      },
    });
    expect(await rounds.list(app.db, own.id)).toHaveLength(1);
  });
});

describe('the dates of a round', () => {
  it('are changed once from each version, and a stale page is told so', async () => {
    const { version } = await get();
    const fields = { version: String(version), closesOn: soon, reminds: 'yes' };
    expect(await send(dates.actions, 'default', as({}, fields))).toEqual({ to: `/rounds/${id}?done=saved` });
    expect(await get()).toMatchObject({ closesOn: soon });
    const stale = await send(dates.actions, 'default', as({}, { ...fields, closesOn: '' }));
    expect(stale).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile', values: { closesOn: '' } } });
    expect(await send(dates.actions, 'default', as({}, { closesOn: soon }))).toMatchObject({ status: 409 });
  });

  it('that come after closing are refused on the page where they were typed, which leads to opening again with them', async () => {
    const { version } = await get();
    await rounds.close(app.db, own.trainer, id);
    const late = await send(dates.actions, 'default', as({}, { version: String(version), closesOn: dutch }));
    expect(late).toMatchObject({ status: 409, shown: { code: 'round_closed', values: { closesOn: dutch } } });
    expect(await visit(dates.load, as())).toMatchObject({ data: { round: { status: 'closed' } } });
    const leads = { ...as(), query: `closesOn=${encodeURIComponent(dutch)}` };
    expect(await visit(reopen.load, leads)).toMatchObject({ data: { closesOn: soon } });
  });
});

describe('reminding', () => {
  it('says who is mailed, sends, and then has nobody left', async () => {
    const page = await visit(remind.load, as());
    expect(page).toMatchObject({ data: { leftOut: [], person: null, school: null } });
    expect(await send(remind.actions, 'default', as())).toEqual({ to: `/rounds/${id}?done=reminded#mails` });
    const again = await send(remind.actions, 'default', as());
    expect(again).toMatchObject({ status: 409, shown: { code: 'nobody_to_remind' } });
  });

  it('is for one person when the address says so', async () => {
    const ib = make.inRole(invited, 'ib');
    const one = { ...as(), query: `invitation=${ib.invitationId}` };
    const { name } = await app.db.selectFrom('school').select('name').executeTakeFirstOrThrow();
    expect(await visit(remind.load, one)).toMatchObject({
      data: { to: [{ invitationId: ib.invitationId, schools: [name] }] },
    });
    expect(await visit(remind.load, { ...as(), query: 'invitation=nobody' })).toMatchObject({ status: 404 });
  });
});

describe('opening again', () => {
  it('a form, once it was submitted', async () => {
    const ib = make.inRole(invited, 'ib');
    const here = { invitation: ib.invitationId };
    expect(await visit(form.load, as(here))).toEqual({ to: `/rounds/${id}` });
    expect(await send(form.actions, 'default', as(here))).toMatchObject({ status: 409 });
    await make.fillAndSubmit(app.db, ib);
    expect(await visit(form.load, as(here))).toMatchObject({ data: { rater: { role: 'ib' } } });
    expect(await send(form.actions, 'default', as(here))).toEqual({
      to: `/rounds/${id}?done=form_reopened#i-${ib.invitationId}`,
    });
  });

  it('a round, with a day on which it closes', async () => {
    expect(await visit(reopen.load, as())).toEqual({ to: `/rounds/${id}` });
    await rounds.close(app.db, own.trainer, id);
    expect(await visit(reopen.load, as()), 'closed without a day').toMatchObject({ data: { closesOn: '' } });
    const without = await send(reopen.actions, 'default', as({}, { closesOn: '' }));
    expect(without).toMatchObject({ status: 400, shown: { errors: { closesOn: 'Vul dit veld in.' } } });
    const reopened = await send(reopen.actions, 'default', as({}, { closesOn: dutch }));
    expect(reopened).toEqual({ to: `/rounds/${id}?done=reopened` });
    expect(await get()).toMatchObject({ status: 'open', closesOn: soon });
    await rounds.close(app.db, own.trainer, id);
    expect(await visit(reopen.load, as()), 'its day is still to come').toMatchObject({ data: { closesOn: soon } });
  });
});

describe('opening a form again', () => {
  const reopened = async (query: string) => {
    const rater = make.inRole(invited, 'director');
    await make.fillAndSubmit(app.db, rater);
    const { invitationId: invitation } = rater;
    return { invitation, outcome: await send(form.actions, 'default', { ...as({ invitation }), query }) };
  };

  it('leads back to the school that was open', async () => {
    const school = newId();
    const { invitation, outcome } = await reopened(`school=${school}`);
    expect(outcome).toEqual({ to: `/rounds/${id}?school=${school}&done=form_reopened#i-${invitation}` });
  });

  it.each(['%0a', 'x%23y', 'x%26done%3Dsaved'])('leads to the round where the address says %s', async (school) => {
    const { invitation, outcome } = await reopened(`school=${school}`);
    expect(outcome).toEqual({ to: `/rounds/${id}?done=form_reopened#i-${invitation}` });
  });

  it('is not asked about a form whose rater’s address changed since, which the page says', async () => {
    const rater = make.inRole(invited, 'director');
    const { invitationId: invitation, seriesId } = rater;
    await make.fillAndSubmit(app.db, rater);
    expect(await visit(form.load, as({ invitation }))).toMatchObject({ data: { refused: null } });
    const { team, version } = await cohorts.getSeries(app.db, own.trainer, seriesId);
    const member = team.find(({ role }) => role === 'director');
    const at = { seriesId, memberId: member?.id ?? '', version };
    const given = { name: 'Joost', email: 'nieuw@school.example', language: 'nl' as const };
    await people.correct(app.db, own.trainer, own.secret, at, given, new Date());
    const page = await visit(form.load, as({ invitation }));
    expect(page).toMatchObject({ data: { refused: expect.stringContaining('gaat dit formulier niet weer open') } });
    expect(await send(form.actions, 'default', as({ invitation }))).toMatchObject({ status: 409 });
  });
});

it('trying a mail again is nothing for a school that is none', async () => {
  const { id: mail } = await app.db.selectFrom('mail').select('id').limit(1).executeTakeFirstOrThrow();
  await app.db
    .updateTable('mail')
    .set({ status: 'failed', fault: 'address_refused 550' })
    .where('id', '=', mail)
    .execute();
  expect(await send(round.actions, 'retry', as({}, { mail, school: '\n' }))).toMatchObject({ status: 404 });
  const { status } = await app.db.selectFrom('mail').select('status').where('id', '=', mail).executeTakeFirstOrThrow();
  expect(status).toBe('failed');
});

describe('another trainer', () => {
  it('finds none of it', async () => {
    await rounds.close(app.db, own.trainer, id);
    const stranger = (params = {}, fields = {}) => as(params, fields, other.trainer);
    const here = { invitation: make.inRole(invited, 'ib').invitationId };
    const outcomes = await Promise.all([
      ...[dates, remind, reopen].map((page) => visit<never>(page.load as never, stranger())),
      visit(form.load, stranger(here)),
      visit(response.GET, stranger()),
      send(dates.actions, 'default', stranger({}, { version: '1' })),
      send(remind.actions, 'default', stranger()),
      send(reopen.actions, 'default', stranger({}, { closesOn: soon })),
      send(form.actions, 'default', stranger(here)),
      send(plan.actions, 'default', stranger({}, { name: 'T9', instrumentVersionId: 'x' })),
    ]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 404 });
    expect(await get()).toMatchObject({ status: 'closed' });
    expect(await visit(today.load, stranger())).toMatchObject({ data: { due: [] } });
  });
});

describe('the page of a round', () => {
  it('has the response as a figure in the reader’s words', async () => {
    await make.fillAndSubmit(app.db, make.inRole(invited, 'ib'));
    expect(await visitRound(as())).toMatchObject({
      data: { response: { caption: 'Tot nu toe verzonden: 1 van de 5 formulieren. Begonnen: 1.' } },
    });
  });
});
