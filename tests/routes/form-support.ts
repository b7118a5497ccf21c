import type { App } from '#lib/server/app.ts';
import { unsealToken } from '#lib/server/ids.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { testApp } from '../support/database.ts';
import { TestBrowser } from '../support/events.ts';
import * as make from '../support/factories.ts';
import { actions as link } from '../../src/routes/(public)/f/[token]/+page.server.ts';

/** A cohort with one school and an open round, for the tests of a rater's pages. */
export async function openSchool(mode: Mode = 'protected') {
  const app = await testApp();
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await make.addSeries(app.db, cohort);
  const round = await make.openRound(app.db, cohort, { mode });
  return { app, cohort, round };
}

/** Enters through the personal link, as the button on its page does. */
export async function enterBy(app: App, person: make.Invited): Promise<{ browser: TestBrowser; response: string }> {
  const browser = new TestBrowser(app);
  const outcome = await browser.post(link['default'], { params: { token: person.token }, path: `/f/${person.token}` });
  if (outcome.kind !== 'redirect') throw new Error(`the link did not lead to a form: ${JSON.stringify(outcome)}`);
  return { browser, response: outcome.location.replace('/form/', '') };
}

/** The session in this browser's cookie for the form; undefined when there is none. */
export function sessionIn(app: App, browser: TestBrowser, response: string): string | undefined {
  return unsealToken(app.config.secret, browser.cookies.get(`drieluik_form_${response}`)?.value ?? '');
}
