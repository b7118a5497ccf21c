import { databaseFault } from './faults.ts';
import type { Db } from './open.ts';

type Job = { work: (trx: Db) => Promise<void>; fail: (cause: unknown) => void; done: () => void };

/**
 * Runs small writes of many people in one transaction, so that one wait for the disk serves them all: with an own
 * commit each, durable saving is as slow as the disk flushes one by one (bench/save). Work that arrives in one turn of
 * the event loop goes together. Everybody hears "done" after the commit, never before; a write that fails is undone and
 * reported alone, and the others are written without it.
 * @param work awaits nothing but the database, and may run a second time after being undone
 * @throws what `work` throws, or why the commit failed
 */
export function commitTogether<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let result: { value: T } | undefined;
    const job: Job = {
      work: async (trx) => {
        result = { value: await work(trx) };
      },
      fail: reject,
      done: () => {
        if (result) resolve(result.value);
      },
    };
    const waiting = queues.get(db);
    if (waiting) {
      waiting.push(job);
      return;
    }
    queues.set(db, [job]);
    setImmediate(() => void write(db));
  });
}

const queues = new WeakMap<Db, Job[]>();

async function write(db: Db): Promise<void> {
  const jobs = queues.get(db) ?? [];
  queues.delete(db);
  try {
    await commit(db, jobs);
    for (const job of jobs) job.done();
  } catch (cause) {
    // A database that cannot write will not for one of them either: nobody waits for it another time.
    if (jobs.length === 1 || databaseFault(cause) !== null) for (const job of jobs) job.fail(cause);
    else for (const job of jobs) await writeAlone(db, job);
  }
}

async function writeAlone(db: Db, job: Job): Promise<void> {
  try {
    await commit(db, [job]);
    job.done();
  } catch (cause) {
    job.fail(cause);
  }
}

async function commit(db: Db, jobs: readonly Job[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const job of jobs) await job.work(trx);
  });
}
