import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as round from '../../src/routes/(trainer)/rounds/[round]/+page.server.ts';
import * as cancel from '../../src/routes/(trainer)/rounds/[round]/cancel/+page.server.ts';
import * as close from '../../src/routes/(trainer)/rounds/[round]/close/+page.server.ts';
import * as release from '../../src/routes/(trainer)/rounds/[round]/release/+page.server.ts';
import * as withdraw from '../../src/routes/(trainer)/rounds/[round]/withdraw/+page.server.ts';
import * as open from '../../src/routes/(trainer)/rounds/[round]/open/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { send, visit } from '../support/page-event.ts';
import { visitRound } from '../support/round-page.ts';

let app: App;
let own: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  app = await testApp();
  own = await make.makeCohort(app.db, { secret: app.config.secret });
  other = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, own, { teachers: 2 });
});

const as = (id: string, form: Record<string, string> = {}) => ({
  ...{ app, actor: own.trainer, params: { round: id }, form },
});
const schoolOf = async (id: string) => {
  const [school] = await rounds.progress(app.db, own.trainer, id);
  if (!school) throw new Error('the round has no school');
  return school;
};
const statusOf = async (id: string) => (await rounds.get(app.db, own.trainer, id)).status;

describe('the page of a round', () => {
  it('shows who is how far, without addresses or answers', async () => {
    const { id, invited } = await make.openRound(app.db, own);
    await make.fillAndSubmit(app.db, make.inRole(invited, 'director'), () => 5);
    const page = await visitRound(as(id));
    expect(page).toMatchObject({
      data: {
        ...{ round: { id, status: 'open' }, list: { version: '1.0.0' }, cohort: { id: own.id } },
        schools: [{ teachers: 2, mode: 'protected', modeLocked: true, gaps: ['few_teachers'] }],
      },
    });
    expect(JSON.stringify(page)).not.toMatch(/@school\.example|score|comment/);
  });

  it('is not there for another trainer, nor are its actions and its other pages', async () => {
    await make.addSeries(app.db, other);
    const theirs = await make.openRound(app.db, other);
    const [school] = await rounds.progress(app.db, other.trainer, theirs.id);
    const form = {
      ...{ school: school?.schoolRoundId ?? '', mode: 'open', seen: 'protected' },
      invitation: theirs.invited[0]?.invitationId ?? '',
    };
    const attempts = [
      ...[visitRound(as(theirs.id)), visit(open.load, as(theirs.id)), visit(close.load, as(theirs.id))],
      ...[visit(release.load, as(theirs.id)), send(release.actions, 'default', as(theirs.id, form))],
      ...[visit(cancel.load, as(theirs.id)), send(open.actions, 'default', as(theirs.id))],
      ...[send(close.actions, 'default', as(theirs.id)), send(cancel.actions, 'default', as(theirs.id))],
    ];
    for (const outcome of await Promise.all(attempts)) expect(outcome).toMatchObject({ status: 404 });
    for (const name of Object.keys(round.actions)) {
      expect(await send(round.actions, name, as(theirs.id, form)), name).toMatchObject({ status: 404 });
    }
    expect(await rounds.get(app.db, other.trainer, theirs.id)).toMatchObject({ status: 'open' });
  });

  it('answers 404 to a form that it did not make', async () => {
    const { id } = await make.openRound(app.db, own);
    for (const name of ['mode', 'link', 'links', 'retry']) {
      expect(await send(round.actions, name, as(id)), name).toMatchObject({ status: 404 });
    }
    const { schoolRoundId } = await schoolOf(id);
    const mode = await send(round.actions, 'mode', as(id, { school: schoolRoundId, mode: 'secret', seen: 'open' }));
    expect(mode).toMatchObject({ status: 404 });
  });
});

describe('the mode of a school', () => {
  it('is chosen per school, and refused with its reason once it is fixed', async () => {
    const { id, invited } = await make.openRound(app.db, own);
    const { schoolRoundId } = await schoolOf(id);
    const form = { school: schoolRoundId, mode: 'open', seen: 'protected' };
    expect(await send(round.actions, 'mode', as(id, form))).toEqual({
      to: `/rounds/${id}?school=${schoolRoundId}&done=saved#s-${schoolRoundId}`,
    });
    expect((await schoolOf(id)).mode).toBe('open');
    await make.enter(app.db, make.inRole(invited, 'teacher'));
    const outcome = await send(round.actions, 'mode', as(id, { ...form, mode: 'protected', seen: 'open' }));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'mode_locked' } });
  });
});

describe('personal links', () => {
  it('are shown in place, one or all of a school, while the round is open', async () => {
    const { id, invited } = await make.openRound(app.db, own);
    const { schoolRoundId: school } = await schoolOf(id);
    const ib = make.inRole(invited, 'ib');
    const one = await send(round.actions, 'link', as(id, { school, invitation: ib.invitationId }));
    expect(one).toEqual({ data: { school, links: { [ib.invitationId]: `http://localhost:3000/f/${ib.token}` } } });
    const all = await send(round.actions, 'links', as(id, { school }));
    const links = invited.map(({ invitationId, token }) => [invitationId, `http://localhost:3000/f/${token}`]);
    expect(all).toEqual({ data: { school, links: Object.fromEntries(links) } });
    await rounds.close(app.db, own.trainer, id);
    const late = await send(round.actions, 'link', as(id, { school, invitation: ib.invitationId }));
    expect(late).toMatchObject({ status: 409, shown: { code: 'round_not_open' } });
    expect(await send(round.actions, 'links', as(id, { school }))).toMatchObject({ status: 409 });
  });
});

describe('opening, closing and cancelling', () => {
  it('a round opens after its check, and says what stops it', async () => {
    await make.addSeries(app.db, own, { school: 'Zonder', director: null });
    const id = await make.planRound(app.db, own);
    const page = await visit(open.load, as(id));
    expect(page).toMatchObject({ data: { schools: [{ gaps: ['few_teachers'] }, { gaps: ['no_director'] }] } });
    const outcome = await send(open.actions, 'default', as(id, { version: '1' }));
    expect(outcome).toMatchObject({ status: 409, shown: { code: 'school_round_incomplete' } });
    expect(await statusOf(id)).toBe('planned');
  });

  it('a round goes from planned to open to closed, and each page leads on once it is past', async () => {
    const id = await make.planRound(app.db, own);
    const here = { to: `/rounds/${id}` };
    expect(await visit(close.load, as(id))).toEqual(here);
    const unseen = await send(open.actions, 'default', as(id));
    expect(unseen).toMatchObject({ status: 409, shown: { code: 'changed_meanwhile' } });
    expect(await send(open.actions, 'default', as(id, { version: '1' }))).toEqual({ to: `/rounds/${id}?done=opened` });
    expect(await statusOf(id)).toBe('open');
    expect(await visit(open.load, as(id))).toEqual(here);
    expect(await visit(cancel.load, as(id))).toEqual(here);
    expect(await send(open.actions, 'default', as(id))).toMatchObject({ status: 409 });
    expect(await send(cancel.actions, 'default', as(id))).toMatchObject({ status: 409 });
    expect(await send(close.actions, 'default', as(id))).toEqual({ to: `/rounds/${id}?done=closed` });
    expect(await statusOf(id)).toBe('closed');
    expect(await send(close.actions, 'default', as(id))).toMatchObject({ status: 409 });
  });

  it('closing tells by count who has not submitted', async () => {
    const { id, invited } = await make.openRound(app.db, own);
    await make.fillAndSubmit(app.db, make.inRole(invited, 'ib'));
    await make.enter(app.db, make.inRole(invited, 'teacher'));
    expect(await visit(close.load, as(id))).toMatchObject({
      data: { invited: 4, missing: { director: 1, ib: 0, teacher: 2 }, started: 1 },
    });
  });

  it('a planned round can be cancelled', async () => {
    const id = await make.planRound(app.db, own);
    expect(await visit(cancel.load, as(id))).toMatchObject({ data: { round: { name: 'T0' } } });
    expect(await send(cancel.actions, 'default', as(id))).toEqual({ to: `/cohorts/${own.id}?done=cancelled` });
    expect(await rounds.list(app.db, own.id)).toEqual([]);
  });
});

describe('releasing', () => {
  const releasedOf = async (id: string) =>
    (await rounds.progress(app.db, own.trainer, id)).map(({ releasedAt }) => releasedAt !== null);

  it('is asked first: how many reports and mails, and where nobody submitted', async () => {
    await make.addSeries(app.db, own, { school: 'De Lege' });
    const { id, invited } = await make.openRound(app.db, own);
    expect(await visit(release.load, as(id))).toEqual({ to: `/rounds/${id}` });
    await make.fillAndSubmit(app.db, make.inRole(invited, 'ib'));
    await rounds.close(app.db, own.trainer, id);
    const asked = await visit(release.load, as(id));
    const reports = 'data' in asked ? (asked.data as { reports: object[] }).reports : [];
    expect(reports).toHaveLength(2);
    expect(reports).toContainEqual(expect.objectContaining({ schoolName: 'De Lege', submitted: 0, mails: 2 }));
    expect(reports).toContainEqual(expect.objectContaining({ submitted: 1, invited: 4, mails: 2 }));
    const { schoolRoundId: school } = await schoolOf(id);
    const one = await visit(release.load, { ...as(id), query: `school=${school}` });
    expect(one).toMatchObject({ data: { isOne: true, reports: [{ schoolRoundId: school }] } });
    expect(await visit(release.load, { ...as(id), query: 'school=none' })).toMatchObject({ status: 404 });
    expect(await releasedOf(id)).toEqual([false, false]);
  });

  it('opens the reports that were ticked, after closing, and can be taken back', async () => {
    await make.addSeries(app.db, own);
    const { id } = await make.openRound(app.db, own);
    const { schoolRoundId: school } = await schoolOf(id);
    const early = await send(release.actions, 'default', as(id, { school }));
    expect(early).toMatchObject({ status: 409, shown: { code: 'round_not_closed' } });
    await rounds.close(app.db, own.trainer, id);
    const none = await send(release.actions, 'default', as(id));
    expect(none).toMatchObject({ status: 400, shown: { errors: { schools: 'Vink ten minste één rapport aan.' } } });
    const there = { to: `/rounds/${id}?done=released#s-${school}` };
    const one = { ...as(id, { school }), query: `school=${school}` };
    expect(await send(release.actions, 'default', one)).toEqual(there);
    expect(await releasedOf(id)).toEqual([true, false]);
    const all = new FormData();
    for (const { schoolRoundId } of await rounds.progress(app.db, own.trainer, id)) all.append('school', schoolRoundId);
    expect(await send(release.actions, 'default', { ...as(id), form: all })).toEqual({
      to: `/rounds/${id}?done=released`,
    });
    expect(await releasedOf(id)).toEqual([true, true]);
    expect(await visit(release.load, as(id))).toEqual({ to: `/rounds/${id}` });
    const asked = await visit(withdraw.load, { ...as(id), query: `school=${school}` });
    expect(asked).toMatchObject({ data: { school: { id: school } } });
    expect(await releasedOf(id), 'asking takes nothing back').toEqual([true, true]);
    expect(await send(withdraw.actions, 'default', as(id, { school }))).toEqual({
      to: `/rounds/${id}?school=${school}&done=withdrawn#s-${school}`,
    });
    expect(await releasedOf(id)).toEqual([false, true]);
    const nothing = await visit(withdraw.load, { ...as(id), query: `school=${school}` });
    expect(nothing).toEqual({ to: `/rounds/${id}` });
  });
});
