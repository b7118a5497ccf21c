import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/http.ts';
import { leaveQuestion } from '#lib/server/question.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => redirect(303, `/useful/${params.question}`);

export const actions: Actions = {
  default: async (event) => {
    await orError(leaveQuestion(event));
    redirect(303, '/stopped');
  },
};
