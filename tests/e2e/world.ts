import type { Page } from '@playwright/test';
import type { Role } from '#lib/instrument/types.ts';
import type { Auth } from '#lib/server/auth/auth.ts';
import { createAuth } from '#lib/server/auth/auth.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import { addDays, dayOf } from '#lib/server/days.ts';
import * as participants from '#lib/server/participants/service.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import * as newCohorts from '#lib/server/programmes/new-cohort-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { test as base } from '../support/browser.ts';
import * as make from '../support/factories.ts';
import { signedInCookie } from '../support/session.ts';
import { enter } from './form-page.ts';

export { expect, expectAccessible, hydrated } from '../support/browser.ts';

/** One school in a round of its own cohort, with the addresses that its people would get. */
export type School = {
  cohort: make.TestCohort;
  roundId: string;
  invited: make.Invited[];
  linkOf: (role: Role, index?: number) => string;
};

/** A cohort with the plan of a template that begins next week, one school in it, whose trainer is administrator too. */
export type Programme = make.TestCohort & { name: string; partnership: string };

/** The running server's data, reached by the services that its pages use: for what a test needs but is not about. */
export type World = {
  db: Db;
  school: (given?: { teachers?: number; mode?: Mode }) => Promise<School>;
  closeAndRelease: (school: School) => Promise<{ report: string }>;
  signInLink: (school: School, role: 'ib' | 'director') => Promise<string>;
  programme: (template: string) => Promise<Programme>;
  participant: (cohort: make.TestCohort, role: 'ib' | 'director') => Promise<UserActor>;
  /** Signs a browser in, the second step given. */
  signIn: (page: Page, actor: UserActor) => Promise<void>;
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
        async programme(key) {
          const maker = await make.makeTrainer(db, { admin: true });
          const template = await templates.findNewest(db, key);
          const startsOn = addDays(dayOf(new Date()), 7);
          const named = { name: `Cohort van ${maker.name}`, partnership: `SWV van ${maker.name}` };
          const id = await newCohorts.makeCohort(db, maker, {
            ...{ ...named, programme: `Leergang van ${maker.name}`, trainerSeesSchools: false },
            start: { templateId: template?.id ?? '', startsOn, locale: 'nl' },
          });
          const trainer = await accounts.actorOf(db, { id: maker.userId, name: maker.name });
          const cohort = { id, trainer, secret: config.secret };
          await make.addSeries(db, cohort, { school: `School van ${maker.name}`, teachers: 0 });
          return { ...cohort, ...named };
        },
        async participant({ id, trainer }, role) {
          const [first] = await cohorts.listSeries(db, id);
          const { personId } = first?.team.find((member) => member.role === role) ?? { personId: '' };
          return accounts.actorOf(db, await accounts.userOfPerson(db, trainer, personId));
        },
        async signIn(page, { userId }) {
          const [name = '', value = ''] = (await signedInCookie(db, config.secret, userId)).split('=');
          await page.context().addCookies([{ name, value, url: server.url }]);
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
