import { redirect } from '@sveltejs/kit';
import * as account from '#lib/server/accounts/account-service.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { qrCode } from '#lib/server/auth/qr.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import { formValues } from '#lib/server/form-values.ts';
import { freshSession } from '#lib/server/fresh.ts';
import { orRefuse } from '#lib/server/http.ts';
import { wayOf } from '#lib/server/way.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { userId, email } = freshSession(event, wayOf(event).now);
  const { db, config } = event.locals.app;
  const isSettingUp = event.url.searchParams.has('device');
  const setup = isSettingUp ? await secondFactor.waitingSetup(db, config, { id: userId, email }) : null;
  return {
    email,
    left: (await secondFactor.recoveryCodesLeft(db, config, userId)) ?? 0,
    setup: setup && { ...setup, qr: qrCode(setup.uri) },
  };
};

export const actions: Actions = {
  device: async (event) => {
    const way = wayOf(event);
    await signIn.beginFactor(event.locals.app.db, way, freshSession(event, way.now));
    redirect(303, '/account/second-step?device');
  },

  confirm: async (event) => {
    const way = wayOf(event);
    const session = freshSession(event, way.now);
    const { code } = await formValues(event.request, ['code']);
    const outcome = await orRefuse(signIn.withNewFactor(event.locals.app.db, way, session, code ?? ''));
    return Array.isArray(outcome) ? { codes: outcome } : outcome;
  },

  codes: async (event) => {
    const { db, config } = event.locals.app;
    const { now } = wayOf(event);
    const outcome = await orRefuse(account.renewRecoveryCodes(db, config, freshSession(event, now), now));
    return Array.isArray(outcome) ? { codes: outcome } : outcome;
  },
};
