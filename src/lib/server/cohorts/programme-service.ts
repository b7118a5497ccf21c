import { DomainError } from '#lib/errors.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as queries from './programme-queries.ts';

/** A programme with its cohorts by name: no schools, no people. */
export type OwnProgramme = queries.Programme & { cohorts: queries.ProgrammeCohort[] };

/** The programmes that the actor is in the steering group of, or trainer of a cohort of, with the cohorts that are theirs. */
export async function listOwn(db: Db, actor: UserActor): Promise<OwnProgramme[]> {
  const steered = actor.programmeIds.filter((programmeId) => may(actor, 'see_programme', { programmeId }));
  const trained = await queries.listProgrammesOf(db, actor.cohortIds);
  const own = [...new Set([...steered, ...trained])];
  return Promise.all(
    (await queries.listProgrammes(db, own)).map(async (programme) => ({
      ...programme,
      cohorts: (await queries.listCohortsOf(db, programme.id)).filter(({ id }) =>
        may(actor, 'see_programme', { programmeId: programme.id, cohortId: id }),
      ),
    })),
  );
}

/**
 * A programme with those of its cohorts of which this actor may see totals: the steering group and the operator all, a
 * trainer the own ones. `others` counts the rest.
 * @throws DomainError not_found; forbidden for who is neither in its steering group nor trainer of a cohort of it
 */
export async function get(db: Db, actor: Actor, programmeId: string): Promise<OwnProgramme & { others: number }> {
  const [programme] = await queries.listProgrammes(db, [programmeId]);
  if (!programme) throw new DomainError('not_found');
  const all = await queries.listCohortsOf(db, programmeId);
  const cohorts = all.filter(({ id }) => may(actor, 'see_programme', { programmeId, cohortId: id }));
  if (cohorts.length === 0 && !may(actor, 'see_programme', { programmeId })) throw new DomainError('forbidden');
  return { ...programme, cohorts, others: all.length - cohorts.length };
}

/** The programmes of this name, for whoever names one and has no id. */
export function listNamed(db: Db, name: string): Promise<queries.Programme[]> {
  return queries.listNamed(db, name);
}
