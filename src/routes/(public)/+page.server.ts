import { redirect } from '@sveltejs/kit';
import { SECOND_STEP } from '#lib/server/guard.ts';
import type { PageServerLoad } from './$types';

/** Everybody with an account starts where their work is; visitors see what Drieluik is. */
export const load: PageServerLoad = ({ locals: { actor, session } }) => {
  if (session?.standing === 'half') redirect(303, SECOND_STEP);
  if (actor === null) return;
  if (actor.trainer || actor.cohortIds.length > 0) redirect(303, '/cohorts');
  if (actor.admin) redirect(303, '/admin');
  redirect(303, actor.programmeIds.length > 0 ? '/programmes' : '/reports');
};
