import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/http.ts';
import { leaveForm, openForm } from '#lib/server/rater.ts';
import type { Actions, PageServerLoad } from './$types';

/** Only a press closes a form; whoever may not open it is told no more here than elsewhere. */
export const load: PageServerLoad = async (event) => {
  const { publicId } = await orError(openForm(event));
  redirect(303, `/form/${publicId}`);
};

export const actions: Actions = {
  default: async (event) => {
    await orError(leaveForm(event));
    redirect(303, '/stopped');
  },
};
