import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RestingThread } from './resting-thread.ts';

vi.mock('node:worker_threads', () => ({
  Worker: class extends EventEmitter {
    ref = vi.fn();
    unref = vi.fn();
    terminate = vi.fn(() => Promise.resolve(0));
  },
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const make = () => new RestingThread('#lib/server/db/copy-worker.ts', {});
const isEnded = ({ terminate }: { terminate: unknown }) => vi.mocked(terminate as () => void).mock.calls.length > 0;

it('ends a minute after the last has left, and not while somebody has it', () => {
  const thread = make();
  const worker = thread.enter();
  expect(thread.enter()).toBe(worker);
  thread.leave(worker);
  vi.advanceTimersByTime(120_000);
  expect(isEnded(worker)).toBe(false);
  thread.leave(worker);
  vi.advanceTimersByTime(59_000);
  expect(thread.enter()).toBe(worker);
  vi.advanceTimersByTime(120_000);
  expect(isEnded(worker)).toBe(false);
  thread.leave(worker);
  vi.advanceTimersByTime(61_000);
  expect(isEnded(worker)).toBe(true);
  expect(thread.enter()).not.toBe(worker);
});

it('lets the next one rest where the one before died while somebody had it', () => {
  const thread = make();
  const died = thread.enter();
  died.emit('error', new Error('out of memory'));
  const next = thread.enter();
  expect(next).not.toBe(died);
  thread.leave(next);
  thread.leave(died);
  vi.advanceTimersByTime(61_000);
  expect(isEnded(next)).toBe(true);
});

it('ends none that is in use where the one before is given back', () => {
  const thread = make();
  const died = thread.enter();
  died.emit('error', new Error('out of memory'));
  const next = thread.enter();
  thread.leave(died);
  vi.advanceTimersByTime(120_000);
  expect(isEnded(next)).toBe(false);
  expect(next.unref).not.toHaveBeenCalled();
});
