import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orError, orFail } from '#lib/server/http.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { withDone } from '#lib/text/done.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const now = new Date();
  const { db, config } = locals.app;
  const at = [db, signedIn(locals), params.cohort, params.session, now] as const;
  const { cohort, session, ...rest } = await orError(attendance.open(...at));
  return {
    ...rest,
    question: await usefulness.ofSession(...at),
    mayAsk: session.cancelledAt === null && session.state !== 'ahead',
    isMailed: config.mail !== null,
    needed: LIMITS.minAnswers,
    cohort: { id: cohort.id, name: cohort.name },
    session,
    mayFillIn: session.cancelledAt === null && attendance.mayFillIn(session, now),
  };
};

const presence = z.enum(['present', 'absent']).nullable().catch(null);

const pageOf = ({ params }: RequestEvent) => `/cohorts/${params.cohort}/sessions/${params.session}`;

export const actions: Actions = {
  /** One tap: the button that was pressed says what is to stand there, `open` undoes. */
  mark: async (event) => {
    const { locals, params, request } = event;
    const sent = await formValues(request, ['person', 'seen', 'presence']);
    const mark = {
      personId: sent.person ?? '',
      seen: presence.parse(sent.seen),
      presence: presence.parse(sent.presence),
    };
    const { db } = locals.app;
    const work = attendance.mark(db, signedIn(locals), params.cohort, params.session, mark, new Date());
    const refused = await orFail(work, { person: mark.personId });
    if (refused) return refused;
    redirect(303, `${pageOf(event)}#p-${mark.personId}`);
  },

  rest: async (event) => {
    const { locals, params } = event;
    const { db } = locals.app;
    const marked = await orFail(
      attendance.markRest(db, signedIn(locals), params.cohort, params.session, new Date()),
      {},
    );
    if (typeof marked !== 'number') return marked;
    redirect(303, withDone(pageOf(event)));
  },

  /** Asks whoever was there how useful it was. */
  ask: async (event) => {
    const { locals, params } = event;
    const { db, config } = locals.app;
    const work = usefulness.ask(db, signedIn(locals), config, params.cohort, params.session, new Date());
    const asked = await orFail(work, {});
    if (typeof asked !== 'number') return asked;
    redirect(303, withDone(`${pageOf(event)}#useful`, 'usefulness_asked'));
  },

  link: async ({ locals, params, request }) => {
    const { person = '' } = await formValues(request, ['person']);
    const { db, config } = locals.app;
    const at = { cohortId: params.cohort, sessionId: params.session, personId: person };
    const url = await orFail(usefulness.copyLink(db, signedIn(locals), config, at, new Date()), {});
    return typeof url === 'string' ? { links: { [person]: url } } : url;
  },

  mailAgain: async (event) => {
    const { locals, params, request } = event;
    const { person = '' } = await formValues(request, ['person']);
    const at = { cohortId: params.cohort, sessionId: params.session, personId: person };
    const refused = await orFail(usefulness.mailAgain(locals.app.db, signedIn(locals), at, new Date()), {});
    if (refused) return refused;
    redirect(303, withDone(`${pageOf(event)}#useful`, 'retried'));
  },

  closeQuestion: async (event) => {
    const { locals, params } = event;
    const { db } = locals.app;
    const work = usefulness.close(db, signedIn(locals), params.cohort, params.session, new Date());
    const refused = await orFail(work, {});
    if (refused) return refused;
    redirect(303, withDone(`${pageOf(event)}#useful`, 'usefulness_closed'));
  },
};
