import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/http.ts';
import { leaveForm } from '#lib/server/rater.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => redirect(303, `/form/${params.response}`);

export const actions: Actions = {
  default: async (event) => {
    await orError(leaveForm(event));
    redirect(303, '/stopped');
  },
};
