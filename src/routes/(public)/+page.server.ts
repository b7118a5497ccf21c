import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Everybody with an account starts where their work is; visitors see what Drieluik is. */
export const load: PageServerLoad = ({ locals: { actor } }) => {
  if (actor === null) return;
  if (actor.trainer || actor.cohortIds.length > 0) redirect(303, '/cohorts');
  if (actor.admin) redirect(303, '/admin');
  redirect(303, actor.programmeIds.length > 0 ? '/programmes' : '/reports');
};
