import type { Db } from '#lib/server/db/open.ts';

export type Counted = { count: number; resetsAt: string };

/** Counts so many more under this key, or begins anew where the time is over, in one statement: two processes share it. */
export function countAttempts(db: Db, key: string, more: number, now: string, resetsAt: string): Promise<Counted> {
  return db
    .insertInto('attempt')
    .values({ key, count: more, resets_at: resetsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({
        count: eb
          .case()
          .when('attempt.resets_at', '<=', now)
          .then(more)
          .else(eb('attempt.count', '+', more))
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
