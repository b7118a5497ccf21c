import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as compare from '../../src/routes/(trainer)/rounds/[round]/compare/+page.server.ts';
import * as dashboard from '../../src/routes/(trainer)/rounds/[round]/dashboard/+page.server.ts';
import * as files from '../../src/routes/(trainer)/rounds/[round]/export/+page.server.ts';
import * as session from '../../src/routes/(trainer)/rounds/[round]/session/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { visit, type Outcome } from '../support/page-event.ts';

/** The pages about a cohort's figures in a cohort that has none: they say why, and break for nobody. */

let app: App;
let cohort: make.TestCohort;
beforeEach(async () => {
  app = await testApp();
  cohort = await make.makeCohort(app.db, { secret: app.config.secret });
});

const asked = (round: string) => ({ app, actor: cohort.trainer, params: { round } });

async function shown(round: string): Promise<Record<'dashboard' | 'compare' | 'session' | 'files', Outcome>> {
  return {
    dashboard: await visit(dashboard.load, asked(round)),
    compare: await visit(compare.load, asked(round)),
    session: await visit(session.load, asked(round)),
    files: await visit(files.load, asked(round)),
  };
}

describe('a cohort without a school', () => {
  it('has a round that can be planned only, and pages that wait for figures', async () => {
    const instrumentVersionId = (await instruments.find(app.db, 'ib-180', '1.0.0'))?.id ?? '';
    const round = await rounds.plan(app.db, cohort.trainer, cohort.id, { name: 'T0', instrumentVersionId });
    const refused = rounds.open(app.db, cohort.trainer, cohort.secret, round);
    await expect(refused).rejects.toMatchObject({ code: 'round_has_no_schools' });
    const pages = await shown(round);
    expect(pages.dashboard).toMatchObject({ data: { dashboard: null, waiting: { round: { status: 'planned' } } } });
    expect(pages.session).toEqual({ to: `/rounds/${round}/dashboard` });
    expect(pages.compare).toMatchObject({ data: { page: null, waiting: { round: { status: 'planned' } } } });
    expect(pages.files).toMatchObject({ data: { round: { isClosed: false }, rows: { figures: 0, schools: 0 } } });
  });
});

describe('a cohort of one school', () => {
  it('says below five schools that there are none, on each page', async () => {
    await make.addSeries(app.db, cohort);
    const { id, invited } = await make.openRound(app.db, cohort);
    for (const person of invited) await make.fillAndSubmit(app.db, person);
    await rounds.close(app.db, cohort.trainer, id);
    const [school] = await rounds.progress(app.db, cohort.trainer, id);
    await rounds.release(app.db, cohort.trainer, id, [school?.schoolRoundId ?? '']);
    const pages = await shown(id);
    expect(pages.session).toEqual({ to: `/rounds/${id}/dashboard` });
    const text = 'data' in pages.dashboard ? JSON.stringify(pages.dashboard.data) : '';
    expect(text).toContain('too_few_schools');
    expect(text).not.toMatch(/"mean":\d/);
    expect(pages.compare).toMatchObject({ data: { page: expect.anything() } });
    expect(pages.files).toMatchObject({ data: expect.anything() });
    expect(JSON.stringify(pages.files)).not.toMatch(/"mean":\d/);
  });
});
