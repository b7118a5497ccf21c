import type { BrowserContext, Page } from '@playwright/test';
import { readConfig } from '#lib/server/config.ts';
import type { OpenDatabase } from '#lib/server/db/open.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { expect, hydrated, test as base } from '../support/browser.ts';
import * as make from '../support/factories.ts';
import { codesOn, enter } from '../e2e/form-page.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { KillableServer } from './killable-server.ts';

export { expect };

/** `short` runs with the other browser tests; `long` is `npm run test:faults`. */
export type Depth = { depth: 'short' | 'long' };

/** Browser → proxy → server → database file, each of which a test may disturb. */
export type Rig = {
  url: string;
  proxy: CuttingProxy;
  /** Kills the server; it stays away until `startAgain`. */
  kill: () => Promise<void>;
  startAgain: () => Promise<void>;
  /** The personal link of a teacher of a new school, whose round is open. */
  newLink: () => Promise<string>;
  /** Reads the database file on a connection of its own, which is closed again: a killed server finds it as it left it. */
  read: <T>(work: (opened: OpenDatabase) => Promise<T>) => Promise<T>;
};

/** A competency page of a rater's form, on which scripts run. */
export type OpenedForm = {
  /** The page's own address. */
  url: string;
  responseId: string;
  link: string;
  codes: string[];
};

/** The browser's own words for a lost connection; everything else on its console is still a fault. */
const lostConnection = /net::ERR_/;

/** A test of the form behind a wire that can be cut, before a server that can be killed. */
export const test = base.extend<
  Depth & { isLong: boolean; openForm: (page: Page) => Promise<OpenedForm> },
  { rig: Rig }
>({
  depth: ['short', { option: true }],
  isLong: async ({ depth }, use) => use(depth === 'long'),

  rig: [
    async ({}, use) => {
      const proxy = await CuttingProxy.start();
      const url = `http://localhost:${proxy.port}`;
      const server = new KillableServer(url);
      proxy.target = await server.start();
      const config = readConfig({ DATA_DIR: server.dataDir, PUBLIC_URL: url });
      const withDatabase = async <T>(readonly: boolean, work: (opened: OpenDatabase) => Promise<T>): Promise<T> => {
        const opened = await openDatabase({ file: config.databaseFile, readonly });
        try {
          return await work(opened);
        } finally {
          await opened.close();
        }
      };
      await use({
        ...{ url, proxy },
        kill: () => server.kill(),
        startAgain: async () => void (proxy.target = await server.start()),
        newLink: () =>
          withDatabase(false, async ({ db }) => {
            const cohort = await make.makeCohort(db, { secret: config.secret });
            await make.addSeries(db, cohort);
            const { invited } = await make.openRound(db, cohort);
            return `${url}/f/${make.inRole(invited, 'teacher').token}`;
          }),
        read: (work) => withDatabase(true, work),
      });
      await proxy.stop();
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ rig }, use) => use(rig.url),

  openForm: async ({ rig, faults }, use) => {
    faults.allow(lostConnection);
    await use(async (page) => {
      const link = await rig.newLink();
      return { ...(await enterForm(page, link)), link };
    });
  },
});

/** Enters by a personal link and goes to a competency page. */
export async function enterForm(page: Page, link: string): Promise<OpenedForm> {
  const form = await enter(page, link);
  const url = `${form}/C1`;
  await page.goto(url);
  await hydrated(page);
  return { url, link, responseId: form.split('/').at(-1) ?? '', codes: await codesOn(page) };
}

/** One more page of a form in a browser that has entered it. */
export async function openTab(context: BrowserContext, { url }: OpenedForm): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await hydrated(page);
  return page;
}
