import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError } from '#lib/server/http.ts';
import { asksTogether } from '#lib/server/instruments/asked-service.ts';
import * as quiet from '#lib/server/invitations/quiet-service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { setLanguage } from '#lib/server/language.ts';
import { setFormCookie } from '#lib/server/rater.ts';
import { orCountUnknown } from '#lib/server/way.ts';
import type { Actions, PageServerLoad } from './$types';

// Changes nothing: mail scanners open links too.
export const load: PageServerLoad = async (event) => {
  const { config, db } = event.locals.app;
  const target = await orError(orCountUnknown(event, invitations.follow(db, config.secret, event.params.token)));
  const copy = await invitations.copyOf(db, target);
  return {
    role: target.role,
    raterName: target.raterName,
    rateeName: target.rateeName,
    schoolName: target.schoolName,
    roundName: target.roundName,
    isTogether: await asksTogether(db, target),
    state: invitations.stateOf(target),
    // One that has ended is no business of this link's.
    hasAddress: await quiet.hasAddress(db, target.invitationId),
    isQuiet: await quiet.isQuiet(db, target.invitationId),
    copiedAt: copy === null || copy.isOver ? null : copy.at,
  } as const;
};

const languageSwitch = z.enum(['nl', 'en']);
const reminders = z.enum(['stop', 'go_on']);

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, request, cookies, url } = event;
    // The page of a link that does not work has its language switch here: a page that does not know its own address
    // is the same for every such link.
    const values = await formValues(request, ['language', 'reminders']);
    const language = languageSwitch.safeParse(values.language);
    if (language.success) {
      setLanguage(cookies, url, language.data);
      redirect(303, url.pathname);
    }
    const { config, db } = locals.app;
    const choice = reminders.safeParse(values.reminders);
    if (choice.success) {
      const chosen = quiet.chooseReminders(db, config.secret, params.token, choice.data);
      await orError(orCountUnknown(event, chosen));
      redirect(303, `${url.pathname}#reminders`);
    }
    const entry = await orError(orCountUnknown(event, invitations.enter(db, config.secret, params.token)));
    const path = setFormCookie(event, entry);
    redirect(303, entry.state === 'look_back' ? `${path}/look-back` : path);
  },
};
