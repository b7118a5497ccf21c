import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';

/** A condition on the round of a query. */
type OfRound = (eb: ExpressionBuilder<DB, 'round'>) => ExpressionWrapper<DB, 'round', SqlBool>;

/** Whether a report of the round is released, or ever was: somebody may have read it. The log forgets nothing. */
export function wasEverReleased(db: Db): OfRound {
  return (eb) =>
    eb.exists(
      db
        .selectFrom('school_round as any_school')
        .select('any_school.id')
        .where('any_school.round_id', '=', eb.ref('round.id'))
        .where((school) =>
          school.or([
            school('any_school.released_at', 'is not', null),
            school.exists(
              school
                .selectFrom('audit_event')
                .select('audit_event.id')
                .where('audit_event.object_type', '=', 'school_round')
                .whereRef('audit_event.object_id', '=', 'any_school.id')
                .where('audit_event.action', '=', 'round.released'),
            ),
          ]),
        ),
    );
}

/**
 * Where a form still matters that is not submitted: the round is open, or it is closed and may open once more, because it
 * was run here and no report of it was ever released.
 */
export function isUndecided(db: Db): OfRound {
  return (eb) =>
    eb.or([
      eb('round.status', '=', 'open'),
      eb.and([eb('round.status', '=', 'closed'), eb('round.origin', '=', 'app'), eb.not(wasEverReleased(db)(eb))]),
    ]);
}
