import { longestKept } from '#lib/server/backups/schedule-service.ts';
import * as privacy from '#lib/server/privacy/service.ts';
import * as retention from '#lib/server/retention/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { readDb, config } = locals.app;
  return {
    contact: await privacy.contact(readDb),
    terms: await retention.terms(readDb, new Date()),
    /** Days until a copy by schedule is gone; null where the operator makes them. */
    copyDays: config.backupsKept === null ? null : longestKept(config.backupsKept),
  };
};
