import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { signedIn } from '#lib/server/actor.ts';
import { formValues } from '#lib/server/form-values.ts';
import { HAND_IN_LIMITS } from '#lib/server/hand-in-form.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { versionOf } from '#lib/server/version-form.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const workAt = ({ params }: Pick<RequestEvent, 'params'>) => ({
  ...{ cohortId: params.cohort, assignmentId: params.assignment, personId: params.person },
});

export const load: PageServerLoad = async ({ locals, params }) => {
  const work = feedback.openWork(locals.app.db, signedIn(locals), workAt({ params }));
  const { cohort, assignment, worker, seen } = await orError(work);
  const { handIn, ...person } = worker;
  return {
    cohort: { id: cohort.id, name: cohort.name },
    assignment: { id: assignment.id, title: assignment.title },
    person,
    work: handIn && { text: handIn.text, link: handIn.link, file: handIn.file, at: handIn.handedInAt },
    isGone: handIn !== null && feedback.isGone(handIn),
    feedback: handIn?.feedback ?? null,
    seen,
    most: HAND_IN_LIMITS.feedback,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, request } = event;
    const values = await formValues(request, ['text', 'handIn', 'version', 'feedbackVersion']);
    const text = (values.text ?? '').replaceAll('\r\n', '\n').trim();
    const most = HAND_IN_LIMITS.feedback;
    if (text === '') return fail(400, { values, errors: { text: m.field_error_empty() } });
    if (text.length > most) return fail(400, { values, errors: { text: m.field_error_long({ max: most }) } });
    const seen = {
      handInId: values.handIn ?? '',
      version: versionOf.parse(values.version),
      feedbackVersion: versionOf.parse(values.feedbackVersion),
    };
    const { db } = locals.app;
    const work = feedback.giveFeedback(db, signedIn(locals), workAt(event), seen, text, new Date());
    const refused = await orFail(work, values);
    if (refused) return refused;
    const { cohort, assignment } = params;
    redirect(303, withDone(`/cohorts/${cohort}/plan/assignments/${assignment}/handed-in`, 'feedback_given'));
  },
};
