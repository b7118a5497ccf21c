import * as people from '#lib/server/accounts/people-service.ts';
import { signedIn } from '#lib/server/actor.ts';
import * as demo from '#lib/server/demo/service.ts';
import { orError } from '#lib/server/http.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { countHeldUp } from '#lib/server/mail/trouble-service.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import * as progress from '#lib/server/rounds/progress-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const actor = signedIn(locals);
  const { db, config } = locals.app;
  return {
    people: await orError(people.count(db, actor)),
    withoutTrainer: await orError(people.withoutTrainer(db, actor, new Date())),
    lists: (await instruments.list(db)).length,
    open: await orError(progress.openTotals(db, actor)),
    /** How many mails wait because no mail server is set up; null where one is. */
    waitingForSetUp: config.mail === null ? await countHeldUp(db, null, new Date()) : null,
    isPrivacyIncomplete: privacy.missingOf(await privacy.notice(db)).length > 0,
    examples: await demo.stateOf(db),
  };
};
