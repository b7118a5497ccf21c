import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { DB } from '#lib/server/db/schema.ts';

/**
 * Where a form still matters that is not submitted: the round is open, or it is closed and may open once more, because
 * this school's report is not released.
 */
export function isUndecided() {
  return (
    eb: ExpressionBuilder<DB, 'round' | 'school_round'>,
  ): ExpressionWrapper<DB, 'round' | 'school_round', SqlBool> =>
    eb.or([
      eb('round.status', '=', 'open'),
      eb.and([
        eb('round.status', '=', 'closed'),
        eb('round.origin', '=', 'app'),
        eb('school_round.released_at', 'is', null),
      ]),
    ]);
}
