import type { Db } from '#lib/server/db/open.ts';

export type JobRow = {
  name: string;
  dueAt: string;
  /** By whom it is being run, as an opaque value; null: by nobody. */
  claim: string | null;
};

export function listJobs(db: Db): Promise<JobRow[]> {
  return db.selectFrom('job').select(['name', 'due_at as dueAt', 'claimed_until as claim']).orderBy('name').execute();
}

/** A job that is new to this database; one that is there already stays as it is. */
export async function insertJob(db: Db, name: string, dueAt: string): Promise<void> {
  await db
    .insertInto('job')
    .values({ name, due_at: dueAt, claimed_until: null })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** Changes a job that is still as it was seen. @returns whether it was */
export async function changeJob(
  db: Db,
  seen: JobRow,
  change: { claim?: string | null; dueAt?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({
      ...(change.claim === undefined ? {} : { claimed_until: change.claim }),
      ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
    })
    .where('name', '=', seen.name)
    .where('due_at', '=', seen.dueAt)
    .where('claimed_until', seen.claim === null ? 'is' : '=', seen.claim)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function insertRun(db: Db, run: { id: string; name: string; startedAt: string }): Promise<void> {
  await db
    .insertInto('job_run')
    .values({ id: run.id, name: run.name, started_at: run.startedAt, finished_at: null, outcome: null, detail: '' })
    .execute();
}

export type Outcome = { outcome: 'done' | 'failed'; detail: string; finishedAt: string };

export async function finishRun(db: Db, id: string, { outcome, detail, finishedAt }: Outcome): Promise<void> {
  await db.updateTable('job_run').set({ outcome, detail, finished_at: finishedAt }).where('id', '=', id).execute();
}

/** Runs of a job that never ended: their process is gone. */
export async function finishLeftRuns(db: Db, name: string, { outcome, detail, finishedAt }: Outcome): Promise<void> {
  await db
    .updateTable('job_run')
    .set({ outcome, detail, finished_at: finishedAt })
    .where('name', '=', name)
    .where('outcome', 'is', null)
    .execute();
}

export type JobRun = {
  id: string;
  name: string;
  startedAt: string;
  finishedAt: string | null;
  outcome: 'done' | 'failed' | null;
  detail: string;
};

const runColumns = ['id', 'name', 'started_at as startedAt', 'finished_at as finishedAt', 'outcome', 'detail'] as const;

/** The last runs of a job, newest first. */
export function listRuns(db: Db, name: string, limit: number): Promise<JobRun[]> {
  return db
    .selectFrom('job_run')
    .select(runColumns)
    .where('name', '=', name)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The last runs of a job that failed, newest first. */
export function listFailedRuns(db: Db, name: string, limit: number): Promise<JobRun[]> {
  return db
    .selectFrom('job_run')
    .select(runColumns)
    .where('name', '=', name)
    .where('outcome', '=', 'failed')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
