import type { App } from '#lib/server/app.ts';

/** What a job works with. */
export type JobApp = Pick<App, 'config' | 'log' | 'db' | 'readDb' | 'mail'>;

/**
 * Something that is done from time to time. It must be safe to run twice, and does only what is due at `now`: the
 * scheduler sees to it that two processes do not run it at a time, but a process may die in the middle.
 */
export type Job = {
  name: string;
  everySeconds: number;
  /**
   * @returns what was done in counts, never names or addresses, as it is stored and as scripts may read it: "sent 3, later 0".
   * The administrator reads it in the own language (text/job-details.ts), where a new count needs its words.
   */
  run: (app: JobApp, now: Date) => Promise<string>;
};
