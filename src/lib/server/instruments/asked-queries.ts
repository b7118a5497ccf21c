import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';

/** The keys of the aspects that a round asks, in the order of its list; none when it asks the whole list. */
export async function listAskedIds(db: Db, roundId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('round_aspect')
    .innerJoin('aspect', 'aspect.id', 'round_aspect.aspect_id')
    .select('aspect.id')
    .where('round_aspect.round_id', '=', roundId)
    .orderBy('aspect.position')
    .execute();
  return rows.map(({ id }) => id);
}

/** That a round is a pulse: it asks the aspects that are named, and not its whole list. */
export function isPulse(db: Db): (eb: ExpressionBuilder<DB, 'round'>) => ExpressionWrapper<DB, 'round', SqlBool> {
  return (eb) =>
    eb.exists(
      db
        .selectFrom('round_aspect')
        .select('round_aspect.aspect_id')
        .where('round_aspect.round_id', '=', eb.ref('round.id')),
    );
}

/** That a pulse asks an aspect. */
export function isAskedIn(
  db: Db,
): (eb: ExpressionBuilder<DB, 'round' | 'aspect'>) => ExpressionWrapper<DB, 'round' | 'aspect', SqlBool> {
  return (eb) =>
    eb.exists(
      db
        .selectFrom('round_aspect')
        .select('round_aspect.aspect_id')
        .where('round_aspect.round_id', '=', eb.ref('round.id'))
        .where('round_aspect.aspect_id', '=', eb.ref('aspect.id')),
    );
}
