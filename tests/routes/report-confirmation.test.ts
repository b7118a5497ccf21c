import { describe, expect, it } from 'vitest';
import * as reports from '#lib/server/reports/service.ts';
import Page from '../../src/routes/(school)/reports/[schoolRound]/+page.svelte';
import { actions, load } from '../../src/routes/(school)/reports/[schoolRound]/+page.server.ts';
import { testApp, testDatabase } from '../support/database.ts';
import { makeTrainer } from '../support/factories.ts';
import { send } from '../support/page-event.ts';
import { render } from '../support/rendered.ts';
import { closedRound, visit } from '../support/school-reports.ts';
import type { ClosedRound } from '../support/school-reports.ts';

const scores = { director: () => 2, ib: () => 4, teachers: [() => 4, () => 4, () => 4] };
const needed = { code: 'confirmation_needed' };
const forbidden = { code: 'forbidden' };

const confirmPage = (app: Awaited<ReturnType<typeof testApp>>, round: ClosedRound, form: Record<string, string>) =>
  send(actions as never, 'confirm', {
    ...{ app, form, actor: round.director },
    params: { schoolRound: round.schoolRoundId },
  });

describe('before the director has confirmed', () => {
  it('the service gives no report, so that no page and no download can', async () => {
    const db = await testDatabase();
    const round = await closedRound(db, scores, { confirmed: false });
    await expect(reports.get(db, round.director, round.schoolRoundId)).rejects.toMatchObject(needed);
    await expect(reports.get(db, round.ib, round.schoolRoundId)).resolves.toMatchObject({ viewer: 'ib' });
  });

  it('the page asks, and holds no figure', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, scores, { confirmed: false });
    const data = (await visit(load, app, round.director, { schoolRound: round.schoolRoundId })) as object;
    expect(data).toMatchObject({ report: null, title: 'Rapport De Wingerd, meting T0' });
    expect(Object.keys(data)).toEqual(['title', 'report', 'confirmation']);
    const { body } = render(Page, { props: { data: { ...data, userName: null }, form: null, params: {} } as never });
    expect(body).toContain('om te ontwikkelen, niet om te beoordelen');
    expect(body).not.toContain('data-figure');
  });

  it('an unticked form comes back with what is missing', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, scores, { confirmed: false });
    expect(await confirmPage(app, round, {})).toMatchObject({
      status: 400,
      shown: { message: 'Vink eerst aan dat je het rapport zo gebruikt.' },
    });
    await expect(reports.get(app.db, round.director, round.schoolRoundId)).rejects.toMatchObject(needed);
  });
});

describe('confirming', () => {
  it('with a body that is no form is refused as any other such form is', async () => {
    const headers = { 'content-type': 'multipart/form-data' };
    const request = new Request('http://localhost:3000', { method: 'POST', headers, body: 'x' });
    const event = { locals: { actor: { kind: 'user' } }, params: {}, request };
    await expect(actions['confirm']?.(event as never)).rejects.toMatchObject({ status: 400 });
  });

  it('opens the report, once and for all, and is logged once, without names', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, scores, { confirmed: false });
    const to = `/reports/${round.schoolRoundId}`;
    expect(await confirmPage(app, round, { develop: 'yes' })).toEqual({ to });
    expect(await confirmPage(app, round, { develop: 'yes' })).toEqual({ to });
    await expect(reports.get(app.db, round.director, round.schoolRoundId)).resolves.toMatchObject({
      viewer: 'director',
    });
    const logged = await app.db
      .selectFrom('audit_event')
      .selectAll()
      .where('action', '=', 'report.confirmed')
      .execute();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      ...{ actor: 'user', object_type: 'school_round', object_id: round.schoolRoundId, detail: '{}' },
    });
  });

  it('is for one report: the next round asks again', async () => {
    const db = await testDatabase();
    const first = await closedRound(db, scores);
    const second = await closedRound(db, scores, { cohort: first.cohort, confirmed: false });
    await expect(reports.get(db, first.director, first.schoolRoundId)).resolves.toBeDefined();
    await expect(reports.get(db, second.director, second.schoolRoundId)).rejects.toMatchObject(needed);
  });

  it('is the director’s alone, and only of a report that is released', async () => {
    const db = await testDatabase();
    const round = await closedRound(db, scores, { confirmed: false });
    const other = await closedRound(db, scores, { confirmed: false });
    await expect(reports.confirm(db, round.ib, round.schoolRoundId)).rejects.toMatchObject(forbidden);
    for (const actor of [other.director, await makeTrainer(db, { admin: true })]) {
      await expect(reports.confirm(db, actor, round.schoolRoundId)).rejects.toMatchObject(forbidden);
      await expect(reports.nameOf(db, actor, round.schoolRoundId)).rejects.toMatchObject(forbidden);
    }
    const hidden = await closedRound(db, scores, { released: false });
    await expect(reports.confirm(db, hidden.director, hidden.schoolRoundId)).rejects.toMatchObject(forbidden);
  });
});

it('the operator’s command line asks nobody to confirm', async () => {
  const db = await testDatabase();
  const round = await closedRound(db, scores, { confirmed: false });
  const lines = [];
  for await (const line of reports.lines(db, { kind: 'operator' }, round.cohort.id, { viewer: 'director' })) {
    lines.push(line.round);
  }
  expect(lines).toEqual(['T0']);
});
