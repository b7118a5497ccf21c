import { fail, redirect } from '@sveltejs/kit';
import { isLate, mayHandIn } from '#lib/programme/hand-in.ts';
import { signedIn } from '#lib/server/actor.ts';
import { dayOf } from '#lib/server/days.ts';
import { HAND_IN_LIMITS, takeHandIn } from '#lib/server/hand-in-form.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { atPace } from '#lib/server/limits/pace-service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const work = handIns.open(locals.app.db, signedIn(locals), params.assignment, new Date());
  const { assignment, cohort, standing, isOver, handIn, stamp } = await orError(work);
  const { id, title, about, dueOn, hours, cancelledAt } = assignment;
  return {
    assignment: { id, title, about, dueOn, hours, isCancelled: cancelledAt !== null },
    cohort: cohort.name,
    standing,
    isOver,
    stamp,
    mayHandIn: cancelledAt === null && !isOver && mayHandIn(standing),
    work: handIn && {
      ...{ text: handIn.text, link: handIn.link, file: handIn.file, feedback: handIn.feedback, at: handIn.handedInAt },
      isLate: isLate(dueOn, dayOf(new Date(handIn.handedInAt))),
    },
    limits: HAND_IN_LIMITS,
  };
};

export const actions: Actions = {
  default: async ({ locals, params: { assignment }, request }) => {
    const actor = signedIn(locals);
    const now = new Date();
    const { db } = locals.app;
    // Whose it is comes before ten megabytes are read.
    await orError(handIns.open(db, actor, assignment, now));
    const inTurn = takeHandIn(request, actor.userId, async ({ values, ...read }) => {
      if ('errors' in read) return fail(400, { values, errors: read.errors });
      const work = atPace('handIn', actor.userId, () => handIns.handIn(db, actor, assignment, read.given, now));
      const refused = await orFail(work, values);
      if (!refused) return null;
      const { code, message } = refused.data;
      // What is wrong with a file is said at its field.
      return code.startsWith('file_') ? fail(refused.status, { values, errors: { file: message } }) : refused;
    });
    const refused = await orFail(inTurn, {});
    if (refused) return refused;
    redirect(303, withDone(`/assignments/${assignment}`, 'handed_in'));
  },
};
