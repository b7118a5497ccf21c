import { DomainError } from '#lib/errors.ts';
import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { JobApp } from './job.ts';
import { JOBS } from './list.ts';
import * as queries from './queries.ts';
import { Scheduler } from './scheduler.ts';

/** Runs and failures of a job that the administrator sees. */
const RUNS_SHOWN = 3;

/** Runs the jobs from now on, in this process. @returns how to end that: waits for what is being run */
export function start(app: JobApp): () => Promise<void> {
  const scheduler = new Scheduler(app, JOBS);
  scheduler.start();
  return () => scheduler.stop();
}

/**
 * Lets a job be due now: the scheduler of whichever process looks first runs it within seconds.
 * @throws DomainError forbidden
 */
export async function askNow(db: Db, actor: Actor, name: string, now: Date): Promise<void> {
  if (!may(actor, 'manage_mail')) throw new DomainError('forbidden');
  await db.transaction().execute(async (trx) => {
    const seen = (await queries.listJobs(trx)).find((job) => job.name === name);
    if (!seen) await queries.insertJob(trx, name, now.toISOString());
    else if (seen.claim === null) await queries.changeJob(trx, seen, { dueAt: now.toISOString() });
  });
}

export type JobState = {
  name: string;
  everySeconds: number;
  /** ISO 8601; null as long as it has not been looked at. */
  dueAt: string | null;
  runs: queries.JobRun[];
  /** The last runs that failed, also those from before `runs`. */
  failures: queries.JobRun[];
};

/**
 * The jobs with their last runs, for the administrator.
 * @throws DomainError forbidden
 */
export async function list(db: Db, actor: Actor): Promise<JobState[]> {
  if (!may(actor, 'manage_mail')) throw new DomainError('forbidden');
  const due = new Map((await queries.listJobs(db)).map(({ name, dueAt }) => [name, dueAt]));
  const states: JobState[] = [];
  for (const { name, everySeconds } of JOBS) {
    const runs = await queries.listRuns(db, name, RUNS_SHOWN);
    const failures = await queries.listFailedRuns(db, name, RUNS_SHOWN);
    states.push({ name, everySeconds, dueAt: due.get(name) ?? null, runs, failures });
  }
  return states;
}
