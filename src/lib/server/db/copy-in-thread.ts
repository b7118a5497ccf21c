import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DomainError, isErrorCode } from '#lib/errors.ts';
import { threadModule } from '#lib/server/thread-module.ts';
import type { CopyFault } from './copy-worker.ts';

/**
 * Writes a consistent, checked copy of a database file into an empty file, in a thread with a connection of its own: copying
 * and checking are seconds of work in one piece, during which the server would save no answer.
 * @throws DomainError database_full and the like; Error for a copy that is not whole, or where it cannot be made
 */
export async function copyInThread(database: string, copy: string): Promise<void> {
  const worker = new Worker(threadModule('#lib/server/db/copy-worker.ts'), {
    execArgv: [],
    workerData: { database, copy },
  });
  try {
    const [fault] = (await once(worker, 'message')) as [CopyFault];
    if (fault === null) return;
    throw isErrorCode(fault) ? new DomainError(fault) : new Error(`the copy was not made: ${fault}`);
  } finally {
    await worker.terminate();
  }
}
