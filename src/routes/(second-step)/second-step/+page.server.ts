import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { qrCode } from '#lib/server/auth/qr.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { orRefuse } from '#lib/server/http.ts';
import { pathIn, withPath } from '#lib/server/own-path.ts';
import { sessionOf, wayOf } from '#lib/server/way.ts';
import type { Actions, PageServerLoad } from './$types';

// Only for whoever is half signed in; a page that has just let somebody in shows the recovery codes once more than that.
export const load: PageServerLoad = async ({ locals, url }) => {
  const session = sessionOf(locals);
  const to = pathIn(url);
  if (session.standing !== 'half') redirect(303, to);
  const { db, config } = locals.app;
  const isSet = (await secondFactor.recoveryCodesLeft(db, config, session.userId)) !== null;
  const setup = isSet
    ? null
    : await secondFactor.waitingSetup(db, config, { id: session.userId, email: session.email });
  return { to, email: session.email, isSet, setup: setup && { ...setup, qr: qrCode(setup.uri) } };
};

export const actions: Actions = {
  begin: async (event) => {
    const refused = await orRefuse(signIn.beginFactor(event.locals.app.db, wayOf(event), halfSession(event)));
    if (refused) return refused;
    redirect(303, withPath('/second-step', pathIn(event.url)));
  },

  confirm: async (event) => {
    const { code } = await formValues(event.request, ['code']);
    const { db } = event.locals.app;
    const outcome = await orRefuse(signIn.withNewFactor(db, wayOf(event), halfSession(event), code ?? ''));
    return Array.isArray(outcome) ? { codes: outcome } : outcome;
  },

  code: async (event) => {
    const { code } = await formValues(event.request, ['code']);
    const refused = await orRefuse(signIn.withCode(event.locals.app.db, wayOf(event), halfSession(event), code ?? ''));
    if (refused) return refused;
    redirect(303, pathIn(event.url));
  },

  recovery: async (event) => {
    const { recovery } = await formValues(event.request, ['recovery']);
    const { db } = event.locals.app;
    const outcome = await orRefuse(signIn.withRecoveryCode(db, wayOf(event), halfSession(event), recovery ?? ''));
    if (typeof outcome !== 'number') return fail(outcome.status, { ...outcome.data, isRecovery: true });
    redirect(303, withPath('/account?recovered', pathIn(event.url)));
  },
};

/** Whoever has given the second factor already, in another tab, goes on. */
function halfSession({ locals, url }: RequestEvent): signIn.Session {
  const session = sessionOf(locals);
  if (session.standing !== 'half') redirect(303, pathIn(url));
  return session;
}
