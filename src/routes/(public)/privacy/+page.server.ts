import { longestKept } from '#lib/server/backups/schedule-service.ts';
import { dayOf } from '#lib/server/days.ts';
import { ownParts } from '#lib/server/own-parts.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import * as retention from '#lib/server/retention/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { readDb, config } = locals.app;
  const now = new Date();
  return {
    notice: await privacy.notice(readDb),
    terms: await retention.terms(readDb, now),
    /** Days until a copy by schedule is gone; null where the operator makes them. */
    copyDays: config.backupsKept === null ? null : longestKept(config.backupsKept),
    parts: ownParts(locals.actor),
    /** For a print: what was read, and when. */
    address: `${config.publicUrl}/privacy`,
    today: dayOf(now),
  };
};
