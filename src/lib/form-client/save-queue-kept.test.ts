import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SaveQueue, type SaveState } from './save-queue.ts';

/** What waits is kept by the browser, which may take a while. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue without connection, and how it stands. */
function withoutConnection(put: () => Promise<void>) {
  let state: SaveState = 'saved';
  const queue = new SaveQueue({
    send: () => Promise.reject(new TypeError('connection lost')),
    clock: () => 1000,
    onStatus: (status) => (state = status.state),
    onStored: () => {},
    refusalText: () => '',
    keep: { put, drop: () => {} },
  });
  queue.put('a', '/a', { score: 4 });
  return { queue, state: () => state };
}

it('a value is said to wait once the browser keeps it', async () => {
  let keep = () => {};
  const { state } = withoutConnection(() => new Promise((done) => (keep = done)));
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toBe('saving');
  keep();
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toBe('waiting');
});

it('a browser that takes too long to keep it holds nothing up', async () => {
  const { state } = withoutConnection(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(1999);
  expect(state()).toBe('saving');
  await vi.advanceTimersByTimeAsync(1);
  expect(state()).toBe('waiting');
});

it('a value that takes the place of one that is being kept is said to wait once that is kept too', async () => {
  const keeps: (() => void)[] = [];
  const { queue, state } = withoutConnection(() => new Promise((done) => keeps.push(done)));
  await vi.advanceTimersByTimeAsync(0);
  queue.put('a', '/a', { score: 5 });
  keeps[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toBe('saving');
  keeps[1]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(state()).toBe('waiting');
});

it('what another tab left later is sent after what this one is sending', async () => {
  const sent: unknown[] = [];
  const replies: ((reply: Response) => void)[] = [];
  const queue = new SaveQueue({
    send: (_, body) => {
      sent.push(JSON.parse(body));
      return new Promise((reply) => replies.push(reply));
    },
    ...{ clock: () => 1000, onStatus: () => {}, onStored: () => {}, refusalText: () => '' },
  });
  queue.restore('a', '/a', { score: 1 }, 700);
  queue.restore('a', '/a', { score: 2 }, 600);
  queue.restore('a', '/a', { score: 3 }, 800);
  expect(sent).toEqual([{ score: 1, changedAt: 700 }]);
  replies[0]?.(Response.json({ changedAt: 700 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([
    { score: 1, changedAt: 700 },
    { score: 3, changedAt: 800 },
  ]);
  replies[1]?.(Response.json({ changedAt: 800 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.unsent('a')).toBeNull();
});
