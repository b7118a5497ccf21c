import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { vi } from 'vitest';
import { STAFF } from '#lib/demo/people.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db, OpenDatabase } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/service.ts';
import { copyOf } from './database.ts';
import { SECRET } from './factories.ts';
import { madeOnce } from './made-once.ts';

/** The demonstration in a test's database. */

export const OPERATOR: Actor = { kind: 'operator' };
export const SITE = { secret: SECRET, publicUrl: 'http://localhost:3000' };

/** A database in memory with the demonstration in it, for tests that share one and close it themselves. */
export async function openDemo(): Promise<OpenDatabase> {
  return openDatabase({ file: vi.isFakeTimers() ? await make() : readFileSync(await madeOnce('demo', make)) });
}

/**
 * Loads it and gives the trainer that comes with it. Where there is nobody yet, what a run loaded once is copied: an
 * account that is there already changes what the demonstration's may do, and a clock that a test has set changes its days.
 */
export async function loadDemo(db: Db): Promise<UserActor> {
  const first = await db.selectFrom('user').select('id').executeTakeFirst();
  if (vi.isFakeTimers() || first) await demo.load(db, OPERATOR, SITE);
  else await copy(await madeOnce('demo', make), db);
  return demoTrainer(db);
}

export function demoTrainer(db: Db): Promise<UserActor> {
  return demoAccount(db, 'trainer');
}

/** The account that comes with it for a steering group, or another of its staff. */
export async function demoAccount(db: Db, who: keyof typeof STAFF): Promise<UserActor> {
  const users = db.selectFrom('user').selectAll().where('email', '=', STAFF[who].email);
  return accounts.actorOf(db, await users.executeTakeFirstOrThrow());
}

async function make(): Promise<Buffer> {
  const { db, raw, close } = await openDatabase({ file: await copyOf('shipped') });
  await demo.load(db, OPERATOR, SITE);
  const bytes = raw.serialize();
  await close();
  return bytes;
}

/** All rows of the file, but for those that every database has. */
async function copy(file: string, db: Db): Promise<void> {
  await sql`ATTACH DATABASE ${file} AS demo`.execute(db);
  await db.transaction().execute(async (trx) => {
    await sql`PRAGMA defer_foreign_keys = ON`.execute(trx);
    for (const { name } of await trx.introspection.getTables()) {
      const [here, there] = [sql.ref(`main.${name}`), sql.ref(`demo.${name}`)];
      await sql`INSERT INTO ${here} SELECT * FROM ${there} EXCEPT SELECT * FROM ${here}`.execute(trx);
    }
  });
  await sql`DETACH DATABASE demo`.execute(db);
}
