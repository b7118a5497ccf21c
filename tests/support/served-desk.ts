import { afterEach, beforeEach } from 'vitest';
import { startApp, type App } from '#lib/server/app.ts';
import { makeDesk, must, type Desk } from './command-line.ts';

/** An operator's machine on which the server runs. */
export type ServedDesk = {
  desk: Desk;
  /** The app of now: another one after every `restore`. */
  app: App;
  /** Makes a copy. @returns its path */
  backup: (name?: string) => Promise<string>;
  /** Puts a copy back, with the server stopped for it. */
  restore: (copy: string) => Promise<void>;
};

/** A new one for each test of the file, gone after it. @returns the one of the test that runs */
export function servedDesk(): () => ServedDesk {
  let served: ServedDesk | undefined;
  const current = () => {
    if (!served) throw new Error('no test runs');
    return served;
  };
  beforeEach(async () => {
    const desk = makeDesk();
    const backup = async (name = 'copy.sqlite') => {
      const copy = desk.file(name);
      await must(desk.run('backup', copy));
      return copy;
    };
    const restore = async (copy: string) => {
      await current().app.close();
      await must(desk.run('restore', copy));
      current().app = await startApp(desk.env);
    };
    served = { desk, app: await startApp(desk.env), backup, restore };
  });
  afterEach(async () => {
    await current().app.close();
    current().desk.remove();
  });
  return current;
}
