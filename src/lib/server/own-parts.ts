import type { UserActor } from '#lib/permissions.ts';

/** Which parts of Drieluik are somebody's, for the menu of a page that is for everybody; null for nobody signed in. */
export function ownParts(actor: UserActor | null) {
  return (
    actor && {
      isTrainer: actor.trainer || actor.cohortIds.length > 0,
      isAdmin: actor.admin,
      isAtSchool: actor.personId !== null,
    }
  );
}
