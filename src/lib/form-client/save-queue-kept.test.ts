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
