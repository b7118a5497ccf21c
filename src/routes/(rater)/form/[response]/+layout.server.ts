import { orError } from '#lib/server/http.ts';
import { openForm } from '#lib/server/rater.ts';
import type { LayoutServerLoad } from './$types';

/** Whose form it is; every page of it opens the form again for itself. */
export const load: LayoutServerLoad = async (event) => {
  const form = await orError(openForm(event));
  return {
    form: {
      id: form.publicId,
      role: form.role,
      mode: form.mode,
      raterName: form.raterName,
      rateeName: form.rateeName,
      schoolName: form.schoolName,
      cohortName: form.cohortName,
      roundName: form.roundName,
    },
    // For the offset between the clocks (rules.md, Answers: time order of saves).
    serverTime: Date.now(),
  };
};
