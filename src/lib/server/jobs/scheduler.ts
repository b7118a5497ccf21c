import { ClaimWatch } from '#lib/server/claims.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/server/ids.ts';
import type { Job, JobApp } from './job.ts';
import * as jobs from './claim-service.ts';

/** How often it looks for what is due, in milliseconds. */
const LOOK = 5000;
/** A job belongs to the process that runs it as long as that says so every `BEAT`; `LAPSES` later it is anybody's. */
const BEAT = 10_000;
const LAPSES = 30_000;

type Options = { now?: () => Date; lapses?: number; elapsed?: () => number };

/**
 * Runs what is due, by the database: several processes may each have one. A job that fails is written down and comes up
 * again at its time; the others go on.
 */
export class Scheduler {
  readonly #app: JobApp;
  readonly #jobs: readonly Job[];
  readonly #now: () => Date;
  readonly #watch: ClaimWatch;
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(app: JobApp, list: readonly Job[], { now = () => new Date(), lapses = LAPSES, elapsed }: Options = {}) {
    this.#app = app;
    this.#jobs = list;
    this.#now = now;
    this.#watch = new ClaimWatch(lapses, elapsed);
  }

  /** Looks from now on, without keeping the process alive. */
  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK).unref();
    void this.look();
  }

  /** Begins nothing more, and waits for what is being run: the database must stay open until then. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await Promise.all(this.#running.values());
  }

  /** Runs every job that is due and that nobody is at; returns when they are done. */
  async look(): Promise<void> {
    for (const job of this.#jobs) {
      if (this.#isStopped || this.#running.has(job.name)) continue;
      const run = this.#runIfDue(job).finally(() => this.#running.delete(job.name));
      this.#running.set(job.name, run);
    }
    await Promise.all(this.#running.values());
  }

  async #runIfDue(job: Job): Promise<void> {
    try {
      const begun = await jobs.begin(this.#app.db, job, this.#watch, this.#newClaim(), this.#now());
      if (begun !== null) await this.#run(job, begun);
    } catch (cause) {
      this.#logFault(job, cause); // the database could not be asked; the next look tries again
    }
  }

  async #run(job: Job, begun: jobs.Begun): Promise<void> {
    let { claimed } = begun;
    let beating = Promise.resolve();
    const beat = setInterval(() => {
      beating = this.#keep(claimed).then((kept) => void (claimed = kept));
    }, BEAT).unref();
    const result = await this.#resultOf(job);
    clearInterval(beat);
    await beating;
    await jobs.finish(this.#app.db, job, { ...begun, claimed }, result, this.#now());
  }

  async #resultOf(job: Job): Promise<{ outcome: 'done' | 'failed'; detail: string }> {
    try {
      return { outcome: 'done', detail: await job.run(this.#app, this.#now()) };
    } catch (cause) {
      return { outcome: 'failed', detail: this.#logFault(job, cause) };
    }
  }

  async #keep(claimed: jobs.Begun['claimed']): Promise<jobs.Begun['claimed']> {
    try {
      return (await jobs.keep(this.#app.db, claimed, this.#newClaim())) ?? claimed;
    } catch {
      return claimed; // busy; the next beat comes before the claim lapses
    }
  }

  /** A value that no other claim has; it begins with when it would have lapsed, for whoever reads the table. */
  #newClaim(): string {
    return `${new Date(this.#now().getTime() + LAPSES).toISOString()} ${newId()}`;
  }

  /** @returns what may be kept of a fault: its kind and where the log tells more; its message may hold anything */
  #logFault({ name }: Job, cause: unknown): string {
    const error = cause instanceof Error ? cause : new Error('not an Error');
    const id = newId();
    const behind = error.cause instanceof Error ? { cause: error.cause.stack } : {};
    this.#app.log.error({ id, job: name, stack: error.stack, ...behind }, 'job failed');
    return `${error instanceof DomainError ? error.code : error.name}, see ${id} in the log`;
  }
}
