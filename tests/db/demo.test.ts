import { describe, expect, it } from 'vitest';
import { STAFF } from '#lib/demo/people.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import type { Db } from '#lib/server/db/open.ts';
import { links } from '#lib/server/demo/links-service.ts';
import * as demo from '#lib/server/demo/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import { demoTrainer, loadDemo, OPERATOR, SITE } from '../support/demo.ts';
import * as make from '../support/factories.ts';

const refusal = (code: string) => expect.objectContaining({ name: 'DomainError', code });

/** Every row of every table but the log, to compare. */
async function contents(db: Db): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { name } of await db.introspection.getTables()) {
    // What ended is moved to the journal by a server's commits.
    if (name !== 'audit_event' && name !== 'journal_entry')
      all[name] = await db
        .selectFrom(name as 'cohort')
        .selectAll()
        .execute();
  }
  return all;
}

const actions = async (db: Db) =>
  (await db.selectFrom('audit_event').select('action').orderBy('id').execute()).map(({ action }) => action);

describe('loading', () => {
  it('is refused beside anything that people made, and changes nothing', async () => {
    const db = await testDatabase();
    await make.makeCohort(db);
    const before = await contents(db);
    await expect(demo.load(db, OPERATOR, SITE)).rejects.toEqual(refusal('demonstration_beside_data'));
    expect(await contents(db)).toEqual(before);
  });

  it('is refused where one of its addresses has an account already', async () => {
    const db = await testDatabase();
    await accounts.ensureAdmin(db, STAFF.trainer.email);
    await expect(demo.load(db, OPERATOR, SITE)).rejects.toEqual(refusal('demonstration_beside_data'));
  });

  it('on a public address asks to be told twice', async () => {
    const db = await testDatabase();
    const site = { ...SITE, publicUrl: 'https://drieluik.example.org' };
    await expect(demo.load(db, OPERATOR, site)).rejects.toEqual(refusal('demonstration_not_local'));
    expect(await demo.stateOf(db)).toBe('absent');
    expect(await demo.load(db, OPERATOR, site, { evenHere: true })).toBe(true);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://drieluik.localhost'])(
    '%s is local',
    (url) => expect(demo.isLocal(url)).toBe(true),
  );
  it.each(['https://drieluik.nl', 'http://localhost.nl', 'http://192.168.1.2:3000'])('%s is not local', (url) =>
    expect(demo.isLocal(url)).toBe(false),
  );

  it('twice at the same moment loads once', async () => {
    const db = await testDatabase();
    const twice = await Promise.all([demo.load(db, OPERATOR, SITE), demo.load(db, OPERATOR, SITE)]);
    expect(twice.sort()).toEqual([false, true]);
    expect(await db.selectFrom('cohort').select('name').execute()).toHaveLength(3);
  });

  it('lets in whoever may make cohorts, and is for administrators and the operator only', async () => {
    const db = await testDatabase();
    const trainer = await make.makeTrainer(db);
    await expect(demo.load(db, trainer, SITE)).rejects.toEqual(refusal('forbidden'));
    await expect(demo.remove(db, trainer)).rejects.toEqual(refusal('forbidden'));
    await expect(links(db, trainer, { ...SITE, auth: createAuth(db, SITE) })).rejects.toEqual(refusal('forbidden'));
    const admin = await make.makeTrainer(db, { admin: true });
    await demo.load(db, admin, SITE);
    for (const { userId, name } of [trainer, admin]) {
      expect((await accounts.actorOf(db, { id: userId, name })).cohortIds).toHaveLength(3);
    }
  });

  it('the same seed gives the same answers', async () => {
    const now = new Date('2026-11-24T12:00:00Z');
    const scores = async () => {
      const db = await testDatabase();
      await demo.load(db, OPERATOR, SITE, { now });
      const rows = await db
        .selectFrom('answer')
        .innerJoin('response', 'response.id', 'answer.response_id')
        .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
        .innerJoin('person', 'person.id', 'invitation.person_id')
        .select(['person.email', 'answer.aspect_id', 'answer.score', 'answer.comment', 'answer.changed_at'])
        .orderBy('person.email')
        .orderBy('answer.changed_at')
        .execute();
      return rows;
    };
    expect(await scores()).toEqual(await scores());
  });
});

describe('removing', () => {
  let db: Db;
  let admin: UserActor;
  const setUp = async () => {
    db = await testDatabase();
    await templates.ensureShipped(db);
    admin = await make.makeTrainer(db, { admin: true });
  };

  it('leaves the database as it was, but for two lines in the log, and twice is harmless', async () => {
    await setUp();
    const [before, log] = [await contents(db), await actions(db)];
    await demo.load(db, admin, SITE);
    await links(db, admin, { ...SITE, auth: createAuth(db, SITE) });
    expect(await demo.remove(db, admin)).toBe(true);
    expect(await contents(db)).toEqual(before);
    const grants = Array.from({ length: 4 }, () => 'account.granted');
    expect(await actions(db)).toEqual([...log, ...grants, 'demonstration.loaded', 'demonstration.removed']);
    expect(await demo.remove(db, admin)).toBe(false);
    expect(await demo.load(db, admin, SITE)).toBe(true);
  });

  it('takes what was added to its cohorts since, and leaves a cohort that was made beside it with everybody it knows', async () => {
    await setUp();
    await demo.load(db, admin, SITE);
    const demoCohorts = (await accounts.actorOf(db, { id: admin.userId, name: admin.name })).cohortIds;
    const own = await make.makeCohort(db, { trainer: admin });
    const shared = await db.selectFrom('person').selectAll().limit(1).executeTakeFirstOrThrow();
    const seriesId = await make.addSeries(db, own, { school: 'De Echte School' });
    await participants.addRater(db, own.trainer, SITE.secret, seriesId, 'teacher', {
      ...{ name: 'x', email: shared.email },
    });
    const { id: roundId, invited } = await make.openRound(db, own);
    await make.addSeries(db, { ...own, id: demoCohorts[0] ?? '' }, { school: 'Erbij gezet' });
    expect(await demo.markOf(db, { cohort: own.id })).toBeNull();
    expect(await demo.markOf(db, { round: roundId })).toBeNull();
    expect(await demo.markOf(db, { token: make.inRole(invited, 'ib').token })).toBeNull();

    await demo.remove(db, admin);
    expect((await db.selectFrom('cohort').select('id').execute()).map(({ id }) => id)).toEqual([own.id]);
    expect((await db.selectFrom('school').select('name').execute()).map(({ name }) => name)).toEqual([
      'De Echte School',
    ]);
    expect(await db.selectFrom('person').select('id').where('id', '=', shared.id).execute()).toHaveLength(1);
    expect(await db.selectFrom('person').select('id').execute()).toHaveLength(6);
    expect(await db.selectFrom('invitation').select('id').execute()).toHaveLength(6);
    expect((await accounts.actorOf(db, { id: admin.userId, name: admin.name })).cohortIds).toEqual([own.id]);
  });

  it('leaves the demonstration’s trainer where that account made a cohort: nobody else could get at it', async () => {
    db = await testDatabase();
    const trainer = await loadDemo(db);
    const own = await make.makeCohort(db, { trainer });
    await demo.remove(db, OPERATOR);
    expect((await demoTrainer(db)).cohortIds).toEqual([own.id]);
  });
});

describe('the links', () => {
  it('lead into forms of the open round that nobody has begun', async () => {
    const db = await testDatabase();
    await demo.load(db, OPERATOR, SITE);
    const made = await links(db, OPERATOR, { ...SITE, auth: createAuth(db, SITE) });
    const roleOf = async (url: string) => {
      const token = url.replace(`${SITE.publicUrl}/f/`, '');
      expect(await demo.markOf(db, { token })).toBe('shown');
      const target = await invitations.follow(db, SITE.secret, token);
      expect(target).toMatchObject({ roundName: 'T3', roundStatus: 'open', responsePublicId: null });
      return target.role;
    };
    expect(await roleOf(made.director)).toBe('director');
    expect(await roleOf(made.ib)).toBe('ib');
    expect(await Promise.all(made.teachers.map(roleOf))).toEqual(Array.from({ length: 5 }, () => 'teacher'));
    for (const name of ['trainer', 'steering', 'admin', 'school'] as const) {
      expect(made[name]).toMatch(/^http:\/\/localhost:3000\/sign-in\/\S+$/);
    }
  });

  it('are not to be had when the open round was closed', async () => {
    const db = await testDatabase();
    await demo.load(db, OPERATOR, SITE);
    const trainer = await demoTrainer(db);
    const open = await db.selectFrom('round').select('id').where('status', '=', 'open').executeTakeFirstOrThrow();
    await rounds.close(db, trainer, open.id);
    const asking = links(db, OPERATOR, { ...SITE, auth: createAuth(db, SITE) });
    await expect(asking).rejects.toEqual(refusal('not_found'));
  });
});
