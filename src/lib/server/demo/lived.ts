import { livedBy } from '#lib/demo/lived.ts';
import { DEMO_SEED } from '#lib/demo/plan.ts';
import type { Actor } from '#lib/permissions.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';

/**
 * Lets the sessions of an invented cohort that are over be lived: who was there, and how useful they found it. Made by the
 * services that pages use, at the moments at which it would have been.
 */
export async function liveSessions(
  trx: Db,
  trainer: Actor,
  cohortId: string,
  secret: string,
  now: Date,
): Promise<void> {
  const sessions = await attendance.list(trx, trainer, cohortId, now);
  const over = sessions.filter(({ endsAt, cancelledAt }) => cancelledAt === null && Date.parse(endsAt) < now.getTime());
  for (const [index, session] of over.entries()) {
    const at = new Date(session.endsAt);
    const { people } = await attendance.open(trx, trainer, cohortId, session.id, at);
    const lived = people.map(({ personId, schools }) => ({
      personId,
      ...livedBy(DEMO_SEED, `${schools.join()}/${session.year}/${index}`, index === over.length - 1),
    }));
    for (const { personId, presence } of lived) {
      await attendance.mark(trx, trainer, cohortId, session.id, { personId, seen: null, presence }, at);
    }
    const answers = lived.flatMap(({ personId, answer }) => (answer === null ? [] : [{ personId, answer }]));
    if (answers.length === 0) continue;
    await usefulness.ask(trx, trainer, { secret, mail: null }, cohortId, session.id, at);
    for (const { personId, answer } of answers) await usefulness.fillIn(trx, session.id, personId, answer, at);
  }
}
