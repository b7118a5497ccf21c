import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { DomainError } from '#lib/errors.ts';
import type { PdfSpec, WorkerTask } from './pdf-spec.ts';

/**
 * Documents are written in a thread of their own: laying one out is half a second of work in one piece, during which the
 * server would save no answer. One after another, so that many readers at once do not take the server's memory.
 */

/** By the package's own `#lib`, so that the built server finds it too: it runs the source, as the command line does. */
const WORKER = createRequire(import.meta.url).resolve('#lib/server/downloads/pdf-worker.ts');

/** Milliseconds after which a document is given up. */
const PATIENCE = 60_000;

/** Milliseconds without a document after which the thread ends and gives its memory back. */
const REST = 60_000;

/** Documents that may wait for the one that is being written: about ten seconds of waiting, and some memory each. */
const MOST_WAITING = 10;

let thread: Worker | null = null;
let resting: NodeJS.Timeout | undefined;
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
  clearTimeout(resting);
  const worker = (thread ??= startThread());
  worker.ref();
  try {
    worker.postMessage(spec);
    const [bytes] = await once(worker, 'message', { signal: AbortSignal.timeout(PATIENCE) });
    return bytes;
  } catch (cause) {
    thread = null;
    await worker.terminate();
    throw cause;
  } finally {
    worker.unref(); // waiting for the next document does not keep a process from ending
    resting = setTimeout(endThread, REST).unref();
  }
}

/** Room of its own: in the small new space that the server is started with, laying out takes half as long again. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 64 };

function startThread(): Worker {
  const worker = new Worker(WORKER, { execArgv: [], resourceLimits: MEMORY });
  // Also between two documents: an error that nobody listens to would end the server.
  worker.on('error', () => {
    if (thread === worker) thread = null;
  });
  return worker;
}

function endThread(): void {
  void thread?.terminate();
  thread = null;
}
