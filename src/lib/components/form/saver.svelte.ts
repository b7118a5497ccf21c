import { getContext, setContext } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import { SaveQueue, type QueueStatus } from './save-queue.ts';

const TIMEOUT_MS = 15_000;
const KEY = Symbol('saver');

type StoredListener = (key: string, stored: unknown, isOurs: boolean) => void;

/** The queue of one form with its state for the screen. */
export class Saver {
  status: QueueStatus = $state.raw({ state: 'saved', unsent: 0, entries: {} });
  readonly queue: SaveQueue;
  #listener: StoredListener | null = null;
  #isLeaving = false;

  constructor(offset: number) {
    this.queue = new SaveQueue({
      clock: () => Date.now() + offset,
      // `keepalive`: a request that is under way survives leaving the page.
      send: (path, body) =>
        fetch(path, {
          ...{ method: 'PUT', body, keepalive: true, signal: AbortSignal.timeout(TIMEOUT_MS) },
          headers: { 'content-type': 'application/json' },
        }),
      onStatus: (status) => (this.status = status),
      onStored: (...stored) => this.#listener?.(...stored),
      // A session that ended has lost this answer only: the page's own text would say that everything is kept.
      refusalText: (code, message) =>
        code === 'link_unknown' ? m.form_session_over() : (message ?? m.form_save_refused()),
    });
  }

  /** The page on the screen hears what the server stored. @returns how to stop listening */
  listen(listener: StoredListener): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }

  /** The rater leaves with a button that carries the page along: no need to warn. */
  leave(): void {
    this.#isLeaving = true;
  }

  warnWhenUnsent(event: BeforeUnloadEvent): void {
    this.queue.flush();
    if (!this.#isLeaving && this.status.unsent > 0) event.preventDefault();
  }

  /** Tries again as soon as the browser says that there is a connection. @returns how to stop */
  watchConnection(): () => void {
    const retry = () => this.queue.retryNow();
    const flush = () => this.queue.flush();
    addEventListener('online', retry);
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('online', retry);
      removeEventListener('pagehide', flush);
    };
  }
}

export function provideSaver(offset: number): Saver {
  return setContext(KEY, new Saver(offset));
}

export function useSaver(): Saver {
  return getContext<Saver>(KEY);
}
