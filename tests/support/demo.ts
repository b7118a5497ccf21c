import { STAFF } from '#lib/demo/people.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/service.ts';
import { SECRET } from './factories.ts';

/** The demonstration in a test's database. */

export const OPERATOR: Actor = { kind: 'operator' };
export const SITE = { secret: SECRET, publicUrl: 'http://localhost:3000' };

/** Loads it and gives the trainer that comes with it. */
export async function loadDemo(db: Db): Promise<UserActor> {
  await demo.load(db, OPERATOR, SITE);
  return demoTrainer(db);
}

export async function demoTrainer(db: Db): Promise<UserActor> {
  const users = db.selectFrom('user').selectAll().where('email', '=', STAFF.trainer.email);
  return accounts.actorOf(db, await users.executeTakeFirstOrThrow());
}
