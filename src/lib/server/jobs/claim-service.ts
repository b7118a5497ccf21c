import type { ClaimWatch } from '#lib/server/claims.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId } from '#lib/server/ids.ts';
import type { Job } from './job.ts';
import * as queries from './queries.ts';

/** A run of a job that this process has begun: the job as it is claimed, and the id of the run. */
export type Begun = { claimed: queries.JobRow; runId: string };

/**
 * Begins a run of the job, when it is due and nobody else is at it.
 *
 * A job is never due later than one interval from now: where it says so, the clock was put back, and it is due an
 * interval from now. So a clock that jumps makes it run neither twice nor not at all.
 * @param claim what to claim it by; another one than before
 * @returns null when it is not to be run now by this process
 */
export async function begin(db: Db, job: Job, watch: ClaimWatch, claim: string, now: Date): Promise<Begun | null> {
  const seen = (await queries.listJobs(db)).find(({ name }) => name === job.name);
  if (!seen) {
    await queries.insertJob(db, job.name, now.toISOString());
    return null; // the next look finds it due
  }
  if (!watch.isFree(job.name, seen.claim)) return null;
  const latest = nextOf(job, now);
  if (seen.dueAt > latest) await queries.changeJob(db, seen, { dueAt: latest });
  if (seen.dueAt > now.toISOString()) return null;
  return db.transaction().execute(async (trx) => {
    if (!(await queries.changeJob(trx, seen, { claim }))) return null;
    const at = now.toISOString();
    await queries.finishLeftRuns(trx, job.name, { outcome: 'failed', detail: 'the process ended', finishedAt: at });
    const runId = newId();
    await queries.insertRun(trx, { id: runId, name: job.name, startedAt: at });
    return { claimed: { ...seen, claim }, runId };
  });
}

/** Says that this process is still at it. @returns the job as it is claimed now; null when another has taken it over */
export async function keep(db: Db, claimed: queries.JobRow, claim: string): Promise<queries.JobRow | null> {
  return (await queries.changeJob(db, claimed, { claim })) ? { ...claimed, claim } : null;
}

/** Writes down what came of a run, and when the job is due again. */
export async function finish(
  db: Db,
  job: Job,
  { claimed, runId }: Begun,
  result: { outcome: 'done' | 'failed'; detail: string },
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await queries.finishRun(trx, runId, { ...result, finishedAt: now.toISOString() });
    await queries.changeJob(trx, claimed, { claim: null, dueAt: nextOf(job, now) });
  });
}

function nextOf({ everySeconds }: Job, now: Date): string {
  return new Date(now.getTime() + everySeconds * 1000).toISOString();
}
