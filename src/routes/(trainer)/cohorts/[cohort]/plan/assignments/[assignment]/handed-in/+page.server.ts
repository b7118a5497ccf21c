import { signedIn } from '#lib/server/actor.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import { orError } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const work = feedback.ofAssignment(locals.app.db, signedIn(locals), params.cohort, params.assignment);
  const { cohort, assignment, people } = await orError(work);
  return {
    cohort: { id: cohort.id, name: cohort.name },
    assignment: { id: assignment.id, title: assignment.title, dueOn: assignment.dueOn },
    expected: people.filter(({ isExpected }) => isExpected).length,
    // What somebody wrote is on the page of that work, and goes no further than that.
    people: people.map(({ handIn, ...person }) => ({
      ...person,
      at: handIn?.handedInAt ?? null,
      hasFeedback: handIn !== null && handIn.feedback !== null,
      isGone: handIn !== null && feedback.isGone(handIn),
    })),
  };
};
