import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { App } from '#lib/server/app.ts';
import type { UserActor } from '#lib/permissions.ts';
import { load } from '../../src/routes/(school)/reports/[schoolRound]/+page.server.ts';
import { testApp } from '../support/database.ts';
import { makeCohort, addSeries } from '../support/factories.ts';
import { closedRound, visit } from '../support/school-reports.ts';

const all = (score: number) => () => score;
const three = { director: all(3), ib: all(4), teachers: [all(3), all(3), all(3)] };

const opened = ({ db }: App) =>
  db
    .selectFrom('audit_event')
    .select(['actor_user_id as who', 'object_id as what', 'detail'])
    .where('action', '=', 'report.opened')
    .orderBy('id')
    .execute();

const open = (app: App, schoolRound: string, actor: UserActor) => visit(load, app, actor, { schoolRound });

describe('opening a report', () => {
  it('is in the log, once for each person and day of the schools', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-25T22:58:00Z'), toFake: ['Date'] }); // two to midnight in Amsterdam
    onTestFinished(() => void vi.useRealTimers());
    const app = await testApp();
    const { schoolRoundId, ib, director } = await closedRound(app.db, three);
    await Promise.all([open(app, schoolRoundId, ib), open(app, schoolRoundId, ib)]);
    await open(app, schoolRoundId, director);
    await open(app, schoolRoundId, ib);
    const line = (who: UserActor) => ({ who: who.userId, what: schoolRoundId, detail: '{}' });
    expect(await opened(app)).toHaveLength(2);
    expect(await opened(app)).toEqual(expect.arrayContaining([line(ib), line(director)]));
    vi.setSystemTime(new Date('2026-11-25T23:01:00Z'));
    await open(app, schoolRoundId, ib);
    expect((await opened(app)).slice(2)).toEqual([line(ib)]);
  });

  it('of a trainer too, where the cohort shares single schools', async () => {
    const app = await testApp();
    const cohort = await makeCohort(app.db, { trainerSeesSchools: true });
    await addSeries(app.db, cohort, { teachers: 3 });
    const { schoolRoundId } = await closedRound(app.db, three, { cohort });
    await open(app, schoolRoundId, cohort.trainer);
    expect(await opened(app)).toEqual([{ who: cohort.trainer.userId, what: schoolRoundId, detail: '{}' }]);
  });

  it('is not what the director did who was asked to confirm first, nor whoever was refused', async () => {
    const app = await testApp();
    const { schoolRoundId, director, cohort } = await closedRound(app.db, three, { confirmed: false });
    await open(app, schoolRoundId, director);
    await expect(open(app, schoolRoundId, cohort.trainer)).rejects.toMatchObject({ status: 404 });
    expect(await opened(app)).toEqual([]);
  });
});
