import { Worker, type ResourceLimits } from 'node:worker_threads';
import { threadModule, type ThreadSource } from './thread-module.ts';

/** Milliseconds without work after which a thread ends and gives its memory back. */
const REST = 60_000;

/**
 * A thread for work that would hold up the server's answers, started when there is some and ended a minute after the last.
 * Its module is named by its source (`threadModule`).
 */
export class RestingThread {
  private readonly source: ThreadSource;
  private readonly limits: ResourceLimits;
  private worker: Worker | null = null;
  /** By worker: whoever has one that died gives it back while others have the next. */
  private readonly users = new WeakMap<Worker, number>();
  private readonly resting = new WeakMap<Worker, NodeJS.Timeout>();

  constructor(source: ThreadSource, limits: ResourceLimits) {
    this.source = source;
    this.limits = limits;
  }

  /** The thread, to be given back by `leave`; until then it does not end, and keeps the process from ending. */
  enter(): Worker {
    const worker = (this.worker ??= this.start());
    clearTimeout(this.resting.get(worker));
    this.users.set(worker, this.usersOf(worker) + 1);
    worker.ref();
    return worker;
  }

  leave(worker: Worker): void {
    const users = this.usersOf(worker) - 1;
    this.users.set(worker, users);
    if (users > 0) return;
    worker.unref();
    if (this.worker === worker) this.resting.set(worker, setTimeout(() => void this.end(worker), REST).unref());
  }

  /** Ends it at once, as after a fault; whoever enters next gets a new one. */
  async end(worker: Worker): Promise<void> {
    if (this.worker === worker) this.worker = null;
    await worker.terminate();
  }

  private usersOf(worker: Worker): number {
    return this.users.get(worker) ?? 0;
  }

  private start(): Worker {
    const worker = new Worker(threadModule(this.source), { execArgv: [], resourceLimits: this.limits });
    // Also between two pieces of work: an error that nobody listens to would end the server.
    worker.on('error', () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }
}
