import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { RestingThread } from '#lib/server/resting-thread.ts';
import type { Said, Task } from './pieces-worker.ts';

/** Files of every reader at once: each has one piece in the making at most. */
const thread = new RestingThread('#lib/server/cohort-files/pieces-worker.ts', {
  maxOldGenerationSizeMb: 256,
  maxYoungGenerationSizeMb: 16,
});

/**
 * The pieces of a file (`piecesOf`), made in a thread with a connection of its own: of a large cohort reading the sums of a
 * round is a tenth of a second of work in one piece, during which the server would save no answer. A piece is made when
 * it is asked for, and no more once nobody asks.
 * @throws Error when the file cannot be made, also where the thread ended
 */
export async function* piecesInThread(task: Task): AsyncGenerator<Uint8Array> {
  const { port1: port, port2: itsPort } = new MessageChannel();
  const ended = new AbortController();
  port.once('close', () => ended.abort());
  const worker = thread.enter();
  try {
    worker.postMessage({ task, port: itsPort }, [itsPort]);
    while (true) {
      port.postMessage('next');
      const [said] = (await once(port, 'message', { signal: ended.signal })) as [Said];
      if ('piece' in said) yield said.piece;
      else if (said.fault === null) return;
      else throw new Error(`the file was not made: ${said.fault}`);
    }
  } finally {
    port.close(); // the thread hears it, and leaves the rest
    thread.leave(worker);
  }
}
