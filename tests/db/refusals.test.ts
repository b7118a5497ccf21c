import { describe, expect, it } from 'vitest';
import { DomainError } from '#lib/errors.ts';
import type { UserActor } from '#lib/permissions.ts';
import { recordRefusal } from '#lib/server/audit/refusals-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { codeOf } from '#lib/server/http.ts';
import { newId } from '#lib/server/ids.ts';
import { noteRefusal, watchRefusals, type Refused } from '#lib/server/refused.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const now = new Date('2026-11-26T08:00:00Z');
const refusals = (db: Db) =>
  db.selectFrom('audit_event').selectAll().where('action', '=', 'access.refused').orderBy('id').execute();
const asked = (params: Record<string, string>, route = '/(trainer)/rounds/[round]') => ({
  ...{ route, method: 'GET', params },
});

describe('a refusal is written down', () => {
  const setUp = async (): Promise<{ db: Db; actor: UserActor }> => {
    const db = await testDatabase();
    return { db, actor: await make.makeTrainer(db) };
  };

  it('with who, the innermost object and the page', async () => {
    const { db, actor } = await setUp();
    const [cohort, series] = [newId(), newId()];
    await recordRefusal(db, actor, asked({ cohort, series }), now);
    expect(await refusals(db)).toMatchObject([
      {
        ...{ actor_user_id: actor.userId, object_type: 'series', object_id: series },
        detail: JSON.stringify({ method: 'GET', route: '/(trainer)/rounds/[round]' }),
      },
    ]);
  });

  it('without anything that somebody wrote into the address', async () => {
    const { db, actor } = await setUp();
    await recordRefusal(db, actor, asked({ cohort: 'joost@school.example' }), now);
    expect(await refusals(db)).toMatchObject([{ object_type: 'page', object_id: '/(trainer)/rounds/[round]' }]);
    expect(JSON.stringify(await refusals(db))).not.toContain('joost');
  });

  it('a few times an hour about one object, and not without end about many', async () => {
    const { db, actor } = await setUp();
    const round = newId();
    for (let index = 0; index < 9; index += 1) await recordRefusal(db, actor, asked({ round }), now);
    expect(await refusals(db)).toHaveLength(3);
    await recordRefusal(db, actor, asked({ round }), new Date(now.getTime() + 3_600_000));
    expect(await refusals(db)).toHaveLength(4);
    for (let index = 0; index < 50; index += 1) await recordRefusal(db, actor, asked({ round: newId() }), now);
    // Of the hour that began with the last one above.
    expect(await refusals(db)).toHaveLength(3 + 30);
  });
});

describe('what was refused within a request', () => {
  const watch = async (work: () => Promise<unknown>) => {
    const told: Refused[] = [];
    const outcome = await watchRefusals(work, async (refused) => void told.push(refused)).catch(() => 'thrown');
    return { told, outcome };
  };
  const refused = new DomainError('forbidden');

  it('is told once, whether the request was answered or broken off', async () => {
    expect(await watch(async () => [codeOf(refused), codeOf(refused)])).toEqual({
      ...{ told: ['object'], outcome: ['not_found', 'not_found'] },
    });
    const breaking = async () => {
      noteRefusal('page');
      throw new Error('404');
    };
    expect(await watch(breaking)).toEqual({ told: ['page'], outcome: 'thrown' });
  });

  it('is not told of another request, nor of what is not there', async () => {
    const [one, two] = await Promise.all([
      watch(async () => codeOf(refused)),
      watch(async () => codeOf(new DomainError('not_found'))),
    ]);
    expect([one.told, two.told]).toEqual([['object'], []]);
    expect(codeOf(refused)).toBe('not_found');
  });
});
