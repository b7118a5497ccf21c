import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formValues } from '#lib/server/form-values.ts';
import { orError } from '#lib/server/http.ts';
import { setLanguage } from '#lib/server/language.ts';
import { enterByLink } from '#lib/server/question.ts';
import * as answering from '#lib/server/usefulness/answering-service.ts';
import { orCountUnknown } from '#lib/server/way.ts';
import type { Actions, PageServerLoad } from './$types';

// Changes nothing: mail scanners open links too.
export const load: PageServerLoad = async (event) => {
  const { config, db } = event.locals.app;
  const work = answering.follow(db, config.secret, event.params.token, new Date());
  const { title, startsAt, cohortName, personName, isOpen } = await orError(orCountUnknown(event, work));
  return { title, startsAt, cohortName, personName, isOpen };
};

const languageSwitch = z.enum(['nl', 'en']);

export const actions: Actions = {
  default: async (event) => {
    const { request, cookies, url, params } = event;
    // As at a rater's link: the page of one that does not work has its language switch here.
    const language = languageSwitch.safeParse((await formValues(request, ['language'])).language);
    if (language.success) {
      setLanguage(cookies, url, language.data);
      redirect(303, url.pathname);
    }
    redirect(303, await orError(orCountUnknown(event, enterByLink(event, params.token, new Date()))));
  },
};
