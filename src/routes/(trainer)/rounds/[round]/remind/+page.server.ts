import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signedIn } from '#lib/server/actor.ts';
import { orError, orFail } from '#lib/server/http.ts';
import { overview } from '#lib/server/rounds/progress-service.ts';
import * as reminders from '#lib/server/rounds/reminders-service.ts';
import { withDone } from '#lib/text/done.ts';
import { errorText } from '#lib/text/errors.ts';
import type { Actions, PageServerLoad } from './$types';

const whom = z.object({ invitation: z.string().min(1).optional(), school: z.string().min(1).optional() });

/** The address says whom: one person, one school, or with neither everybody; the form is sent to the same address. */
function whomOf(url: URL): reminders.Whom {
  const parsed = whom.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) error(404, { message: errorText('not_found'), code: 'not_found' });
  return parsed.data;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { db, config } = locals.app;
  const actor = signedIn(locals);
  const { round, schools } = await orError(overview(db, actor, params.round));
  if (round.status !== 'open') redirect(303, `/rounds/${params.round}`);
  const meant = whomOf(url);
  const { cohort, to, leftOut } = await orError(reminders.preview(db, actor, params.round, meant));
  const person = schools.flatMap(({ raters }) => raters).find(({ invitationId }) => invitationId === meant.invitation);
  return {
    ...{ round, cohort, leftOut, isMailUnset: config.mail === null },
    to: to.map(({ name, schools, invitationId }) => ({ name, schools, invitationId })),
    school: schools.find(({ schoolRoundId }) => schoolRoundId === meant.school)?.schoolName ?? null,
    person: person ? { name: person.name } : null,
  };
};

export const actions: Actions = {
  default: async ({ locals, params, url }) => {
    const sent = await orFail(reminders.send(locals.app.db, signedIn(locals), params.round, whomOf(url)), {});
    if (typeof sent !== 'number') return sent;
    redirect(303, withDone(`/rounds/${params.round}#mails`, 'reminded'));
  },
};
