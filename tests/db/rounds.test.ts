import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { openTotals, overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let other: make.TestCohort;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  other = await make.makeCohort(db);
});

const open = (id: string) => rounds.open(db, cohort.trainer, cohort.secret, id);
const schoolsOf = (id: string) => rounds.progress(db, cohort.trainer, id);
const firstSchool = async (id: string) => {
  const [school] = await schoolsOf(id);
  if (!school) throw new Error('the round has no school');
  return school;
};

describe('planning', () => {
  it('takes in every IB’er of the cohort, in protected mode, and numbers the rounds', async () => {
    await make.addSeries(db, cohort);
    await make.addSeries(db, cohort);
    const t0 = await make.planRound(db, cohort);
    expect((await schoolsOf(t0)).map(({ mode, raters }) => ({ mode, raters }))).toEqual([
      { mode: 'protected', raters: [] },
      { mode: 'protected', raters: [] },
    ]);
    const all = await rounds.list(db, cohort.id);
    expect(all.map(({ number, status }) => [number, status])).toEqual([[0, 'planned']]);
    expect(rounds.nextName([])).toBe('T0');
    expect(rounds.nextName(all)).toBe('T1');
  });

  it('wants a name that is free in this cohort', async () => {
    await make.planRound(db, cohort, { name: 'T0' });
    await expect(make.planRound(db, cohort, { name: 'T0' })).rejects.toEqual(refused('round_exists'));
    await make.planRound(db, other, { name: 'T0' });
  });

  it('wants a published list', async () => {
    const plan = (instrumentVersionId: string) =>
      rounds.plan(db, cohort.trainer, cohort.id, { name: 'T0', instrumentVersionId });
    await expect(plan('no-such-list')).rejects.toEqual(refused('instrument_not_published'));
    const shipped = await instruments.find(db, 'ib-180', '1.0.0');
    const { instrument } = await instruments.load(db, shipped?.id ?? '');
    const draft = await instruments.importDraft(db, { kind: 'operator' }, { ...instrument, version: '2.0.0' });
    await expect(plan(draft)).rejects.toEqual(refused('instrument_not_published'));
  });

  it('is for the own cohort only', async () => {
    await expect(make.planRound(db, { ...cohort, trainer: other.trainer })).rejects.toEqual(refused('forbidden'));
    const id = await make.planRound(db, cohort);
    await expect(rounds.get(db, other.trainer, id)).rejects.toEqual(refused('forbidden'));
    await expect(rounds.get(db, cohort.trainer, 'no-such-round')).rejects.toEqual(refused('not_found'));
  });

  it('can be undone until the round opens', async () => {
    await make.addSeries(db, cohort);
    const id = await make.planRound(db, cohort);
    await expect(rounds.cancel(db, other.trainer, id)).rejects.toEqual(refused('forbidden'));
    await rounds.cancel(db, cohort.trainer, id);
    expect(await rounds.list(db, cohort.id)).toEqual([]);
    const { id: opened } = await make.openRound(db, cohort);
    await expect(rounds.cancel(db, cohort.trainer, opened)).rejects.toEqual(refused('round_opened'));
  });
});

describe('opening', () => {
  it('invites everybody in the team, once', async () => {
    await make.addSeries(db, cohort, { teachers: 2 });
    const { id, invited } = await make.openRound(db, cohort);
    expect(invited.map(({ role }) => role)).toEqual(['director', 'ib', 'teacher', 'teacher']);
    await expect(open(id)).rejects.toEqual(refused('round_opened'));
    expect((await firstSchool(id)).raters).toHaveLength(4);
  });

  it('needs a school', async () => {
    const id = await make.planRound(db, cohort);
    await expect(open(id)).rejects.toEqual(refused('round_has_no_schools'));
  });

  it('needs a director at every school, and invites nobody without', async () => {
    await make.addSeries(db, cohort);
    await make.addSeries(db, cohort, { director: null });
    const id = await make.planRound(db, cohort);
    await expect(open(id)).rejects.toEqual(refused('school_round_incomplete'));
    expect((await schoolsOf(id)).flatMap(({ raters }) => raters)).toEqual([]);
    expect((await rounds.get(db, cohort.trainer, id)).status).toBe('planned');
  });

  it('is for the own trainer only', async () => {
    await make.addSeries(db, cohort);
    const id = await make.planRound(db, cohort);
    await expect(rounds.open(db, other.trainer, cohort.secret, id)).rejects.toEqual(refused('forbidden'));
  });

  it.each([
    { director: null, teachers: 3, mode: 'protected', gaps: ['no_director'] },
    { director: 'Joost', teachers: 0, mode: 'protected', gaps: ['no_teachers'] },
    { director: 'Joost', teachers: 2, mode: 'protected', gaps: ['few_teachers'] },
    { director: 'Joost', teachers: 2, mode: 'open', gaps: [] },
    { director: 'Joost', teachers: 3, mode: 'protected', gaps: [] },
    { director: null, teachers: 1, mode: 'protected', gaps: ['no_director', 'few_teachers'] },
  ] as const)('is told beforehand what is missing: $gaps', async ({ director, teachers, mode, gaps }) => {
    await make.addSeries(db, cohort, { director, teachers });
    const id = await make.planRound(db, cohort, { mode });
    expect((await overview(db, cohort.trainer, id)).schools[0]?.gaps).toEqual(gaps);
  });
});

describe('the mode of a school', () => {
  it('may change until somebody of that school has opened a form', async () => {
    await make.addSeries(db, cohort, { school: 'A' });
    await make.addSeries(db, cohort, { school: 'B' });
    const { id, invited } = await make.openRound(db, cohort);
    const [a, b] = await schoolsOf(id);
    await rounds.chooseMode(db, cohort.trainer, a?.schoolRoundId ?? '', 'open');
    const teacher = invited.find(({ seriesId, role }) => seriesId === a?.series.id && role === 'teacher');
    await make.enter(db, teacher ?? { token: '', secret: '' });
    await expect(rounds.chooseMode(db, cohort.trainer, a?.schoolRoundId ?? '', 'protected')).rejects.toEqual(
      refused('mode_locked'),
    );
    await rounds.chooseMode(db, cohort.trainer, b?.schoolRoundId ?? '', 'open');
    expect((await schoolsOf(id)).map(({ mode, modeLocked }) => ({ mode, modeLocked }))).toEqual([
      { mode: 'open', modeLocked: true },
      { mode: 'open', modeLocked: false },
    ]);
  });

  it('is fixed once the round is closed, and is the own trainer’s to choose', async () => {
    await make.addSeries(db, cohort);
    const { id } = await make.openRound(db, cohort);
    const { schoolRoundId } = await firstSchool(id);
    await expect(rounds.chooseMode(db, other.trainer, schoolRoundId, 'open')).rejects.toEqual(refused('forbidden'));
    await expect(rounds.chooseMode(db, cohort.trainer, 'nothing', 'open')).rejects.toEqual(refused('not_found'));
    await rounds.close(db, cohort.trainer, id);
    await expect(rounds.chooseMode(db, cohort.trainer, schoolRoundId, 'open')).rejects.toEqual(refused('mode_locked'));
  });
});

describe('following a round', () => {
  it('tells who is invited, busy and done, never what was answered', async () => {
    await make.addSeries(db, cohort, { teachers: 1 });
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'director'), () => 5);
    await make.enter(db, make.inRole(invited, 'ib'));
    const { raters } = await firstSchool(id);
    expect(Object.fromEntries(raters.map(({ role, status }) => [role, status]))).toEqual({
      ...{ director: 'submitted', ib: 'started', teacher: null },
    });
    const keys = new Set(raters.flatMap((rater) => Object.keys(rater)));
    expect([...keys].sort()).toEqual(['invitationId', 'name', 'personId', 'role', 'schoolRoundId', 'status']);
  });

  it('is for the own trainer, and shows no addresses on the pages', async () => {
    await make.addSeries(db, cohort);
    const { id } = await make.openRound(db, cohort);
    await expect(rounds.progress(db, other.trainer, id)).rejects.toEqual(refused('forbidden'));
    await expect(overview(db, other.trainer, id)).rejects.toEqual(refused('forbidden'));
    const page = await overview(db, cohort.trainer, id);
    expect(page.schools[0]).toMatchObject({ teachers: 3, people: 5, gaps: [] });
    expect(JSON.stringify(page)).not.toContain('@');
  });

  it('gives an administrator the counts of open rounds, and a trainer not', async () => {
    await make.addSeries(db, cohort, { teachers: 1 });
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'director'));
    await make.planRound(db, other);
    const admin = { ...(await make.makeTrainer(db, { admin: true })), trainer: false };
    expect(await openTotals(db, admin)).toEqual([
      expect.objectContaining({ roundId: id, roundName: 'T0', invited: 3, submitted: 1 }),
    ]);
    await expect(openTotals(db, cohort.trainer)).rejects.toEqual(refused('forbidden'));
  });
});

describe('closing and releasing', () => {
  it('closes an open round once', async () => {
    await make.addSeries(db, cohort);
    const planned = await make.planRound(db, cohort);
    await expect(rounds.close(db, cohort.trainer, planned)).rejects.toEqual(refused('round_not_open'));
    await open(planned);
    await expect(rounds.close(db, other.trainer, planned)).rejects.toEqual(refused('forbidden'));
    await rounds.close(db, cohort.trainer, planned);
    expect(await rounds.get(db, cohort.trainer, planned)).toMatchObject({ status: 'closed' });
    await expect(rounds.close(db, cohort.trainer, planned)).rejects.toEqual(refused('round_not_open'));
  });

  it('takes a snapshot of every school, for the reports to read', async () => {
    await make.addSeries(db, cohort);
    await make.addSeries(db, cohort);
    const { id } = await make.openRound(db, cohort);
    const snapshots = () => db.selectFrom('snapshot').selectAll().execute();
    expect(await snapshots()).toHaveLength(0);
    await rounds.close(db, cohort.trainer, id);
    expect(await snapshots()).toHaveLength(2);
  });

  it('releases per school, after closing, and can take it back', async () => {
    await make.addSeries(db, cohort);
    await make.addSeries(db, cohort);
    const { id } = await make.openRound(db, cohort);
    const [first, second] = await schoolsOf(id);
    const one = [first?.schoolRoundId ?? ''];
    await expect(rounds.release(db, cohort.trainer, id, one)).rejects.toEqual(refused('round_not_closed'));
    await rounds.close(db, cohort.trainer, id);
    await rounds.release(db, cohort.trainer, id, one);
    const released = async () => (await schoolsOf(id)).map(({ releasedAt }) => releasedAt !== null);
    expect(await released()).toEqual([true, false]);
    const before = (await schoolsOf(id))[0]?.releasedAt;
    await rounds.release(db, cohort.trainer, id, [...one, second?.schoolRoundId ?? '']);
    expect(await released()).toEqual([true, true]);
    expect((await schoolsOf(id))[0]?.releasedAt).toBe(before);
    await rounds.withdrawRelease(db, cohort.trainer, id, one);
    expect(await released()).toEqual([false, true]);
  });

  it('releases schools of this very round, by its own trainer', async () => {
    await make.addSeries(db, cohort);
    await make.addSeries(db, other);
    const { id } = await make.openRound(db, cohort);
    const elsewhere = await make.openRound(db, other);
    await rounds.close(db, cohort.trainer, id);
    const [foreign] = await rounds.progress(db, other.trainer, elsewhere.id);
    const theirs = [foreign?.schoolRoundId ?? ''];
    await expect(rounds.release(db, cohort.trainer, id, theirs)).rejects.toEqual(refused('not_found'));
    await expect(rounds.withdrawRelease(db, cohort.trainer, id, theirs)).rejects.toEqual(refused('not_found'));
    await expect(rounds.release(db, other.trainer, id, [])).rejects.toEqual(refused('forbidden'));
  });
});
