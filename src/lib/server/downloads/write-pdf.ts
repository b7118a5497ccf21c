import { once } from 'node:events';
import { DomainError } from '#lib/errors.ts';
import { RestingThread } from '#lib/server/resting-thread.ts';
import type { PdfSpec, WorkerTask } from './pdf-spec.ts';

/**
 * Documents are written in a thread of their own: laying one out is half a second of work in one piece, during which the
 * server would save no answer. One after another, so that many readers at once do not take the server's memory.
 */

/** Room of its own: in the small new space that the server is started with, laying out takes half as long again. */
const thread = new RestingThread('#lib/server/downloads/pdf-worker.ts', {
  maxOldGenerationSizeMb: 256,
  maxYoungGenerationSizeMb: 64,
});

/** Milliseconds after which a document is given up. */
const PATIENCE = 60_000;

/** Documents that may wait for the one that is being written: about ten seconds of waiting, and some memory each. */
const MOST_WAITING = 10;

let last: Promise<unknown> = Promise.resolve();
/** Documents that are being written or wait. */
let unfinished = 0;

/**
 * The bytes of a document. With a signal: not written when nobody waits for it any more by the time that it has its turn.
 * @throws DomainError documents_busy when too many wait already; the signal's reason; Error when the thread cannot write
 * it, or takes longer than a minute
 */
export function writePdf(spec: PdfSpec, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return inTurn(spec, signal);
}

/** The bytes of a picture, twice as large as the drawing is in px so that it stays sharp in print. Otherwise as `writePdf`. */
export function writePng(svg: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return inTurn({ svg }, signal);
}

async function inTurn(spec: WorkerTask, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (unfinished > MOST_WAITING) throw new DomainError('documents_busy');
  unfinished += 1;
  const written = last.then(() => {
    signal?.throwIfAborted();
    return inThread(spec);
  });
  last = written.catch(() => undefined);
  try {
    return await written;
  } finally {
    unfinished -= 1;
  }
}

async function inThread(spec: WorkerTask): Promise<Uint8Array<ArrayBuffer>> {
  const worker = thread.enter();
  try {
    worker.postMessage(spec);
    const [bytes] = await once(worker, 'message', { signal: AbortSignal.timeout(PATIENCE) });
    return bytes;
  } catch (cause) {
    await thread.end(worker);
    throw cause;
  } finally {
    thread.leave(worker);
  }
}
