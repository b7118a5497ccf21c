import { redirect } from '@sveltejs/kit';
import { leaveForm } from '#lib/server/rater.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => redirect(303, `/form/${params.response}`);

export const actions: Actions = {
  default: async (event) => {
    await leaveForm(event);
    redirect(303, '/stopped');
  },
};
