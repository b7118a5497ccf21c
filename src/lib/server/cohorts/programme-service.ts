import { may, type UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './programme-queries.ts';

/** A programme with its cohorts by name: no schools, no people. */
type OwnProgramme = queries.Programme & { cohorts: queries.ProgrammeCohort[] };

/** The programmes that the actor is in the steering group of. */
export async function listOwn(db: Db, actor: UserActor): Promise<OwnProgramme[]> {
  const own = actor.programmeIds.filter((programmeId) => may(actor, 'see_programme', { programmeId }));
  return Promise.all(
    (await queries.listProgrammes(db, own)).map(async (programme) => ({
      ...programme,
      cohorts: await queries.listCohortsOf(db, programme.id),
    })),
  );
}
