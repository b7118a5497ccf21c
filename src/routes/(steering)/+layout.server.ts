import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { actor } }) => ({
  isTrainer: actor !== null && (actor.trainer || actor.cohortIds.length > 0),
  isAdmin: actor?.admin ?? false,
});
