import type { Db } from '#lib/server/db/open.ts';

type Counted = { count: number; resetsAt: string };

/** Counts one more under this key, or begins anew where the time is over, in one statement: two processes share it. */
export function countAttempt(db: Db, key: string, now: string, resetsAt: string): Promise<Counted> {
  return db
    .insertInto('attempt')
    .values({ key, count: 1, resets_at: resetsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({
        count: eb
          .case()
          .when('attempt.resets_at', '<=', now)
          .then(1)
          .else(eb('attempt.count', '+', 1))
          .end(),
        resets_at: eb
          .case()
          .when('attempt.resets_at', '<=', now)
          .then(resetsAt)
          .else(eb.ref('attempt.resets_at'))
          .end(),
      })),
    )
    .returning(['count', 'resets_at as resetsAt'])
    .executeTakeFirstOrThrow();
}

export function findAttempts(db: Db, key: string, now: string): Promise<Counted | undefined> {
  return db
    .selectFrom('attempt')
    .select(['count', 'resets_at as resetsAt'])
    .where('key', '=', key)
    .where('resets_at', '>', now)
    .executeTakeFirst();
}

export async function deleteAttempts(db: Db, key: string): Promise<void> {
  await db.deleteFrom('attempt').where('key', '=', key).execute();
}
