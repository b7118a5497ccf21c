import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor, UserActor } from '#lib/permissions.ts';
import * as people from '#lib/server/accounts/people-service.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

/** A cohort with one school in an open round, and everybody who could try something with it. */
type Stage = {
  db: Db;
  settings: participants.LinkSettings;
  cohort: make.TestCohort;
  seriesId: string;
  roundId: string;
  schoolRoundId: string;
  invitationId: string;
  memberId: string;
  actors: Record<string, Actor>;
};
let stage: Stage;

beforeEach(async () => {
  const db = await testDatabase();
  const site = { secret: make.SECRET, publicUrl: 'http://localhost:3000' };
  const settings = { ...site, auth: createAuth(db, site) };
  const cohort = await make.makeCohort(db, { trainerSeesSchools: true });
  const seriesId = await make.addSeries(db, cohort);
  const { id: roundId, invited } = await make.openRound(db, cohort);
  const [school] = await rounds.progress(db, cohort.trainer, roundId);
  const director = school?.series.team.find(({ role }) => role === 'director');
  const programme = await db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
  const nobody: UserActor = {
    ...{ kind: 'user', userId: cohort.trainer.userId, name: 'Iemand', personId: null, admin: false, trainer: false },
    ...{ cohortIds: [], programmeIds: [] },
  };
  stage = {
    ...{ db, settings, cohort, seriesId, roundId },
    schoolRoundId: school?.schoolRoundId ?? '',
    invitationId: make.inRole(invited, 'teacher').invitationId,
    memberId: director?.id ?? '',
    actors: {
      'IB’er or director': { ...nobody, personId: director?.personId ?? '' },
      'trainer of another cohort': (await make.makeCohort(db)).trainer,
      'steering group': { ...nobody, programmeIds: [programme.id] },
      admin: { ...nobody, admin: true },
      operator: { kind: 'operator' },
    },
  };
});

const teacher = { name: 'Indringer', email: null };
/** Everything that a trainer may do with the own cohort. */
const CALLS: Record<string, (s: Stage, actor: Actor) => Promise<unknown>> = {
  'see a cohort': (s, actor) => cohorts.get(s.db, actor, s.cohort.id),
  'change a cohort': (s, actor) =>
    cohorts.change(s.db, actor, s.cohort.id, 1, { name: 'Ingenomen', programme: null, trainerSeesSchools: true }),
  'see a team': (s, actor) => cohorts.getSeries(s.db, actor, s.seriesId),
  'add a school': (s, actor) =>
    participants.addSchool(s.db, actor, make.SECRET, s.cohort.id, {
      ...{ school: { name: 'Nieuw', brin: null }, ib: teacher, director: null, teachers: [] },
    }),
  'add a rater': (s, actor) => participants.addRater(s.db, actor, make.SECRET, s.seriesId, 'teacher', teacher),
  'remove a rater': (s, actor) => participants.removeRater(s.db, actor, s.memberId),
  'make a sign-in link': (s, actor) =>
    participants.memberSignInLink(s.db, actor, { ...s.settings, hasMail: false }, s.seriesId, s.memberId),
  'plan a round': (s, actor) => make.planRound(s.db, { ...s.cohort, trainer: actor as UserActor }, { name: 'T9' }),
  'see a round': (s, actor) => rounds.get(s.db, actor, s.roundId),
  'follow a round': (s, actor) => rounds.progress(s.db, actor, s.roundId),
  'see a round’s page': (s, actor) => overview(s.db, actor, s.roundId),
  'cancel a round': (s, actor) => rounds.cancel(s.db, actor, s.roundId),
  'choose a mode': (s, actor) => rounds.chooseMode(s.db, actor, s.schoolRoundId, 'open'),
  'open a round': (s, actor) => rounds.open(s.db, actor, make.SECRET, s.roundId),
  'close a round': (s, actor) => rounds.close(s.db, actor, s.roundId),
  'release a report': (s, actor) => rounds.release(s.db, actor, s.roundId, [s.schoolRoundId]),
  'withdraw a release': (s, actor) => rounds.withdrawRelease(s.db, actor, s.roundId, [s.schoolRoundId]),
  'copy a personal link': (s, actor) => invitations.copyLink(s.db, actor, s.settings, s.invitationId),
  'copy a school’s links': (s, actor) => participants.schoolLinks(s.db, actor, s.settings, s.roundId, s.schoolRoundId),
};
const others = ['IB’er or director', 'trainer of another cohort', 'steering group', 'admin', 'operator'];

describe.each(Object.entries(CALLS))('%s', (_, call) => {
  it.each(others)('is not for: %s', async (name) => {
    const actor = stage.actors[name];
    if (!actor) throw new Error(`no ${name} on the stage`);
    const count = () => stage.db.selectFrom('audit_event').select('id').execute();
    const before = await count();
    await expect(call(stage, actor)).rejects.toEqual(expect.objectContaining({ code: 'forbidden' }));
    expect(await count()).toEqual(before);
  });
});

it('administration is the administrator’s only', async () => {
  const { db, actors, cohort, settings } = stage;
  const trainerRole = { admin: false, trainer: true, cohorts: [], programmes: [] };
  const calls = (actor: Actor) => [
    () => accounts.listStaff(db, actor),
    () => people.list(db, actor),
    () => people.count(db, actor),
    () => people.get(db, actor, cohort.trainer.userId, new Date()),
    () => people.choices(db, actor),
    () => accounts.staffSignInLink(db, actor, settings, cohort.trainer.userId),
  ];
  const writes = (actor: Actor) => [
    () => people.mailSignInLink(db, actor, cohort.trainer.userId, new Date()),
    () => people.endSessions(db, actor, cohort.trainer.userId),
    () => roles.add(db, actor, { name: 'Bram', email: 'bram@voorbeeld.example' }, trainerRole),
    () => roles.change(db, actor, cohort.trainer.userId, trainerRole, ''),
    () => roles.takeAdmin(db, actor, cohort.trainer.userId),
    () => roles.block(db, actor, cohort.trainer.userId),
  ];
  for (const actor of [cohort.trainer, ...others.slice(0, 3).flatMap((name) => actors[name] ?? [])]) {
    for (const call of [...calls(actor), ...writes(actor)]) {
      await expect(call()).rejects.toEqual(expect.objectContaining({ code: 'forbidden' }));
    }
  }
  for (const call of calls(actors['admin'] ?? cohort.trainer)) await expect(call()).resolves.toBeDefined();
});
