import { z } from 'zod';
import type { Db } from '#lib/server/db/open.ts';
import { USUAL_MONTHS } from './due-rule.ts';
import * as queries from './queries.ts';

/** What the log says of a choice (`change` in service.ts); lines from before single answers could go have none about them. */
const choice = z.object({
  months: z.number().int().default(USUAL_MONTHS),
  ends: z.string().default(''),
  postponed: z.string().default(''),
  answers: z.enum(['kept', 'erased']).default('kept'),
});

/** A line of the log, as far as it matters here. */
type Line = { action: string; object_type: string; object_id: string; detail: string };

/**
 * Makes the choices of how long things stay again in a copy that is about to be put back: they are in the lines of the log
 * that are newer than the copy. Each is announced anew, for what the copy knows of announcing was about an earlier choice.
 * @param lines oldest first; what the copy does not have is passed over
 * @returns how many choices were made again
 */
export async function chooseAgain(trx: Db, lines: readonly Line[]): Promise<number> {
  let made = 0;
  for (const { action, object_type: kind, object_id: id, detail } of lines) {
    if (action !== 'retention.changed') continue;
    const cohorts = await queries.listOfUnit(trx, id);
    if (cohorts.length === 0) continue;
    const { months, ends, postponed, answers } = choice.parse(JSON.parse(detail));
    const policy = { months, endsOn: ends || null, postponedUntil: postponed || null, answers };
    await queries.setPolicy(trx, { id, isProgramme: kind === 'programme' }, policy);
    await queries.unannounce(trx, cohorts);
    made += 1;
  }
  return made;
}
