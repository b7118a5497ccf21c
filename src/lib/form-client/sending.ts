import { clockOffset } from './clock.ts';
import { KeptQueue } from './kept-queue.ts';
import { SaveQueue, type QueueStatus } from './save-queue.ts';
import { send, TIMEOUT_MS } from './send.ts';
import { sayText } from './texts.ts';

/** What every page of a form does that saves by itself. */

/** Milliseconds before a page is left: long enough for a slow connection, short enough to wait for. */
export const PATIENCE_MS = 5000;

type Told = {
  status: (status: QueueStatus) => void;
  /** The server has a value: ours, or a newer one from another device. */
  stored: (key: string, stored: unknown, isOurs: boolean) => void;
  /** Somebody stopped on another page of this browser. */
  forgotten: () => void;
};

/** A queue to the server that this device keeps until it is empty, and that refuses in the page's own words. */
export function openQueue(form: HTMLFormElement, told: Told): { queue: SaveQueue; kept: KeptQueue } {
  const offset = clockOffset(Number(form.dataset['time']));
  const kept = new KeptQueue(form.dataset['path'] ?? '', told.forgotten);
  const queue = new SaveQueue({
    clock: () => Date.now() + offset,
    send,
    keep: kept,
    onStatus: told.status,
    onStored: told.stored,
    // A session that ended has lost this answer only: the page's own text would say that everything is kept.
    refusalText: (code, message) =>
      code === 'link_unknown' ? sayText('session-over') : (message ?? sayText('save-refused')),
  });
  return { queue, kept };
}

/**
 * Sends what an earlier visit could not, unless the server has something newer.
 * @param changedAt when that was given
 * @param isOurs whether this page can send it
 */
export async function takeUp(
  { queue, kept }: { queue: SaveQueue; kept: KeptQueue },
  changedAt: (key: string) => number,
  isOurs: (key: string) => boolean = () => true,
): Promise<void> {
  for (const entry of await kept.load()) {
    if (!isOurs(entry.key)) continue;
    if (entry.changedAt > changedAt(entry.key)) queue.restore(entry.key, entry.path, entry.value, entry.changedAt);
    else kept.drop(entry.key, entry.changedAt);
  }
}

/**
 * Sends at once when the page is left or the connection is back.
 * @param flush sends what the page holds back
 * @param mayLeave whether nothing is lost by leaving
 */
export function sendInTime(
  queue: SaveQueue,
  { flush, mayLeave }: { flush: () => void; mayLeave: () => boolean },
): void {
  addEventListener('online', () => queue.retryNow());
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') flush();
  });
  addEventListener('beforeunload', (event) => {
    flush();
    if (!mayLeave()) event.preventDefault();
  });
}

/** Whether the server answers at this address, so that a browser would not show an empty page. */
export function isReachable(path: string): Promise<boolean> {
  return fetch(path, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    ({ status }) => status < 500,
    () => false,
  );
}
