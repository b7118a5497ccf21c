import type { Page } from '@playwright/test';
import type { Role } from '#lib/instrument/types.ts';
import type { Auth } from '#lib/server/auth/auth.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/service.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { test as base } from '../support/browser.ts';
import * as make from '../support/factories.ts';
import { enter } from './form-page.ts';

export { expect, expectAccessible, hydrated } from '../support/browser.ts';

/** One school in a round of its own cohort, with the addresses that its people would get. */
export type School = {
  cohort: make.TestCohort;
  roundId: string;
  invited: make.Invited[];
  linkOf: (role: Role, index?: number) => string;
};

/** The running server's data, reached by the services that its pages use: for what a test needs but is not about. */
export type World = {
  db: Db;
  school: (given?: { teachers?: number; mode?: Mode }) => Promise<School>;
  closeAndRelease: (school: School) => Promise<{ report: string }>;
  signInLink: (school: School, role: 'ib' | 'director') => Promise<string>;
};

/** The journeys' test with the data of its server. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ server }, use) => {
      const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url });
      const { db, close } = await openDatabase({ file: config.databaseFile });
      const auth: Auth = createAuth(db, config);
      await use({
        db,
        async school({ teachers = 3, mode = 'protected' } = {}) {
          const cohort = await make.makeCohort(db, { secret: config.secret });
          await make.addSeries(db, cohort, { school: 'Basisschool De Wingerd', teachers });
          const { id, invited } = await make.openRound(db, cohort, { mode });
          const inRole = (role: Role, index: number) => invited.filter((each) => each.role === role)[index];
          const linkOf = (role: Role, index = 0) => `${server.url}/f/${inRole(role, index)?.token}`;
          return { cohort, roundId: id, invited, linkOf };
        },
        async closeAndRelease({ cohort, roundId }) {
          await rounds.close(db, cohort.trainer, roundId);
          const [school] = await rounds.progress(db, cohort.trainer, roundId);
          const id = school?.schoolRoundId ?? '';
          await rounds.release(db, cohort.trainer, roundId, [id]);
          return { report: `${server.url}/reports/${id}` };
        },
        async signInLink({ cohort, roundId }, role) {
          const [school] = await rounds.progress(db, cohort.trainer, roundId);
          const member = school?.series.team.find((each) => each.role === role);
          const settings = { auth, secret: config.secret, publicUrl: config.publicUrl, hasMail: false };
          const series = school?.series.id ?? '';
          return participants.memberSignInLink(db, cohort.trainer, settings, series, member?.id ?? '');
        },
      });
      await close();
    },
    { scope: 'worker' },
  ],
});

/** A rater on the first page of the form. @returns the address of the form */
export async function atFirstPage(page: Page, link: string): Promise<string> {
  const form = await enter(page, link);
  await page.locator('main .acts a.btn').click();
  await page.waitForURL(/\/form\/[\w-]+\/C\d$/);
  return form;
}
