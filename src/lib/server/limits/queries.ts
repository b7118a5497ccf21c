import type { Db } from '#lib/server/db/open.ts';

/**
 * Counts one more under this key; counting starts anew once the time of the last count is over.
 * @returns how many there are now, this one included
 */
export async function count(db: Db, key: string, now: string, resetsAt: string): Promise<number> {
  const row = await db
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
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count;
}
