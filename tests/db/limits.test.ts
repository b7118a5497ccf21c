import { expect, it } from 'vitest';
import { countAttempt } from '#lib/server/limits/service.ts';
import { testDatabase } from '../support/database.ts';

const limit = { max: 2, seconds: 60 };
const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 8, 0, second));

it('lets so many through within the time, each key for itself, and starts anew after it', async () => {
  const db = await testDatabase();
  const attempt = (key: string, second: number) => countAttempt(db, key, limit, at(second));
  expect([await attempt('a', 0), await attempt('a', 1), await attempt('a', 59)]).toEqual([true, true, false]);
  expect(await attempt('b', 59)).toBe(true);
  // Trying on while it is closed does not keep it closed.
  expect([await attempt('a', 60), await attempt('a', 61), await attempt('a', 62)]).toEqual([true, true, false]);
});

it('keeps nothing that can be read', async () => {
  const db = await testDatabase();
  await countAttempt(db, 'sign-in:joost@school.example', limit, at(0));
  expect(JSON.stringify(await db.selectFrom('attempt').selectAll().execute())).not.toContain('joost');
});
