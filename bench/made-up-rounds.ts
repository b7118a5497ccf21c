import type { Db } from '#lib/server/db/open.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as make from '../tests/support/factories.ts';

/** A round that everybody fills in, closed and released. @returns its id */
export async function runRound(db: Db, cohort: make.TestCohort): Promise<string> {
  const { id, invited } = await make.openRound(db, cohort);
  for (const [rater, person] of invited.entries()) {
    await make.fillAndSubmit(db, person, (_code, index) => scoreOf(index, rater));
  }
  await rounds.close(db, cohort.trainer, id);
  const schools = await rounds.progress(db, cohort.trainer, id);
  await rounds.release(
    db,
    cohort.trainer,
    id,
    schools.map(({ schoolRoundId }) => schoolRoundId),
  );
  return id;
}

/** Mostly of one mind; on every fourth aspect everybody differs, and now and then somebody cannot judge. */
function scoreOf(aspect: number, rater: number): number | null {
  if ((aspect * 7 + rater * 3) % 11 === 0) return null;
  if (aspect % 4 === 0) return 1 + ((aspect + rater) % 5);
  return 3 + ((aspect + rater) % 2);
}
