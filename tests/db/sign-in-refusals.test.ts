import { beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '#lib/errors.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import { SECRET } from '../support/factories.ts';
import { PUBLIC_URL } from '../support/outbox.ts';

const start = new Date('2026-11-26T08:00:00Z');
const anHourLater = new Date('2026-11-26T09:00:00Z');

let db: Db;
let way: signIn.Way;
beforeEach(async () => {
  db = await testDatabase();
  const auth = createAuth(db, { secret: SECRET, publicUrl: PUBLIC_URL });
  way = { auth, secret: SECRET, headers: new Headers(), client: '192.0.2.1', before: null, now: start };
});

const lines = () =>
  db.selectFrom('audit_event').selectAll().where('action', '=', 'sign_in.refused').orderBy('id').execute();
const timesOf = (detail: string) => (JSON.parse(detail) as { times?: number }).times ?? 1;

/** By links, and a password now and then; after fifty they are not looked at any more. */
async function tryInVain(times: number, given: Partial<signIn.Way> = {}): Promise<void> {
  for (let tried = 0; tried < times; tried += 1) {
    const attempt =
      tried % 10 === 0
        ? signIn.withPassword(db, { ...way, ...given }, `wie${tried}@nergens.example`, 'niet te raden')
        : signIn.withLink(db, { ...way, ...given }, `link-${tried}`);
    await expect(attempt).rejects.toBeInstanceOf(DomainError);
  }
}

describe('wrong tries to sign in', () => {
  it('are six lines in the log where one place makes a thousand, with how many and without any address', async () => {
    await tryInVain(1000);
    expect((await lines()).map(({ detail }) => timesOf(detail))).toEqual([1, 1, 1, 10, 100, 1000]);
    expect(JSON.stringify(await lines())).not.toMatch(/192\.0\.2|nergens|link-/);
  });

  it('cost no write once they are refused unseen, but for the line that says how many', async () => {
    await tryInVain(60);
    const stored = async () => [await db.selectFrom('attempt').selectAll().execute(), await lines()];
    const before = await stored();
    await tryInVain(39);
    expect(await stored()).toEqual(before);
    await tryInVain(1);
    expect((await lines()).map(({ detail }) => timesOf(detail))).toEqual([1, 1, 1, 10, 100]);
  });

  it('that were refused unseen count with those that are looked at again', async () => {
    await tryInVain(95);
    const quarterLater = new Date(start.getTime() + 15 * 60_000);
    await tryInVain(4, { now: quarterLater });
    expect(await lines()).toHaveLength(4);
    await tryInVain(1, { now: quarterLater });
    expect((await lines()).map(({ detail }) => timesOf(detail))).toEqual([1, 1, 1, 10, 100]);
  });

  it('of many places are a hundred lines an hour, of which the last says so', async () => {
    for (let place = 0; place < 120; place += 1) await tryInVain(1, { client: `place ${place}` });
    const told = await lines();
    expect(told).toHaveLength(100);
    expect(told.at(-1)).toMatchObject({ object_id: '', detail: JSON.stringify({ lines: 100 }) });
    await tryInVain(1, { client: 'place 1', now: anHourLater });
    expect(await lines()).toHaveLength(101);
  });

  it('of one place hide nobody else’s, and are told again an hour later', async () => {
    await tryInVain(9);
    await tryInVain(1, { client: '192.0.2.2' });
    await tryInVain(1, { now: anHourLater });
    expect(await lines()).toHaveLength(3 + 1 + 1);
  });
});
