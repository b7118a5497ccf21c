import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { DB } from '#lib/server/db/schema.ts';

/** That a mail of a round is to somebody whose form in it stands: whoever was replaced needs no mail any more. */
export function isToSomebodyAsked(
  db: Db,
): (eb: ExpressionBuilder<DB, 'mail'>) => ExpressionWrapper<DB, 'mail', SqlBool> {
  return (eb) =>
    eb.exists(
      db
        .selectFrom('invitation')
        .innerJoin('school_round', 'school_round.id', 'invitation.school_round_id')
        .select('invitation.id')
        .where('invitation.person_id', '=', eb.ref('mail.person_id'))
        .where('school_round.round_id', '=', eb.ref('mail.round_id'))
        .where('invitation.withdrawn_at', 'is', null),
    );
}
