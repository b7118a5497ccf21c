import { once } from 'node:events';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { openDatabase } from '#lib/server/db/open.ts';
import { giveWay } from '#lib/server/give-way.ts';
import { piecesOf, type Wanted } from './pieces.ts';

/** The thread of pieces-in-thread.ts: makes the pieces of files, each when it is asked for through the port of its file. */

export type Task = Wanted & { database: string };

/** What goes back for each time that it is asked: a piece, that there is no more, or what kind of error it was. */
export type Said = { piece: Uint8Array } | { fault: string | null };

// On Linux this is for the one thread: where the processor has to be shared, whoever saves goes first.
if (process.platform === 'linux') giveWay();

parentPort?.on('message', ({ task, port }: { task: Task; port: MessagePort }) => void make(task, port));

async function make(task: Task, port: MessagePort): Promise<void> {
  const left = new AbortController();
  port.once('close', () => left.abort());
  const asked = () => once(port, 'message', { signal: left.signal });
  const say = (said: Said) => port.postMessage(said);
  const encoder = new TextEncoder();
  try {
    const { db, close } = await openDatabase({ file: task.database, readonly: true });
    try {
      await asked();
      for await (const piece of piecesOf(db, task)) {
        say({ piece: typeof piece === 'string' ? encoder.encode(piece) : piece });
        await asked();
      }
    } finally {
      await close();
    }
    say({ fault: null });
  } catch (cause) {
    if (!left.signal.aborted) say({ fault: cause instanceof Error ? cause.message : String(cause) });
  } finally {
    port.close();
  }
}
