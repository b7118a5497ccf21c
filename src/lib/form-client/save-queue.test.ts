import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SaveQueue, type QueueStatus } from './save-queue.ts';

/** A server that answers when it is told to. */
class Server {
  readonly received: { path: string; body: Record<string, unknown>; reply: (given: Response | Error) => void }[] = [];

  send = (path: string, body: string): Promise<Response> =>
    new Promise((resolve, reject) => {
      this.received.push({
        ...{ path, body: JSON.parse(body) as Record<string, unknown> },
        reply: (given) => (given instanceof Error ? reject(given) : resolve(given)),
      });
    });

  /** Answers the request with this number (from 0): stored as sent unless something else is given. */
  async answer(index: number, given?: Response | Error): Promise<void> {
    const request = this.received[index];
    if (!request) throw new Error(`there is no request ${index}`);
    request.reply(given ?? Response.json(request.body));
    await vi.advanceTimersByTimeAsync(0);
  }
}

const lost = new TypeError('connection lost');
const refusal = (status: number, message: string) => Response.json({ code: 'x', message }, { status });

let server: Server;
let now: number;
let statuses: QueueStatus[];
let stored: [string, unknown, boolean][];
let queue: SaveQueue;

const makeQueue = (keep?: ConstructorParameters<typeof SaveQueue>[0]['keep']) =>
  new SaveQueue({
    send: server.send,
    clock: () => now,
    onStatus: (status) => statuses.push(status),
    onStored: (...given) => stored.push(given),
    refusalText: (_code, message) => message ?? 'dat kan niet',
    ...(keep ? { keep } : {}),
  });

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  now = 1000;
  statuses = [];
  stored = [];
  queue = makeQueue();
});
afterEach(() => vi.useRealTimers());

const state = () => statuses.at(-1)?.state;
const values = () => server.received.map(({ body }) => body['score']);

describe('saving', () => {
  it('says "saved" only once the server has that very value', async () => {
    queue.put('a', '/a', { score: 4 });
    expect(state()).toBe('saving');
    expect(server.received[0]).toMatchObject({ path: '/a', body: { score: 4, changedAt: 1000 } });
    await server.answer(0);
    expect(state()).toBe('saved');
    expect(stored).toEqual([['a', { score: 4, changedAt: 1000 }, true]]);
  });

  it('sends one value of a key at a time, and after it only the latest', async () => {
    queue.put('a', '/a', { score: 1 });
    queue.put('a', '/a', { score: 2 });
    queue.put('a', '/a', { score: 3 });
    expect(values()).toEqual([1]);
    await server.answer(0);
    expect(state()).toBe('saving');
    expect(values()).toEqual([1, 3]);
    await server.answer(1);
    expect(state()).toBe('saved');
  });

  it('dates a value after the one that it replaces, even if the clock went back', () => {
    queue.put('a', '/a', { score: 1 }, { knownAt: 5000 });
    expect(server.received[0]?.body['changedAt']).toBe(5001);
  });

  it('waits for a pause in typing, at most until it is told to send', async () => {
    queue.put('a', '/a', { comment: 'h' }, { pauseMs: 600 });
    await vi.advanceTimersByTimeAsync(500);
    queue.put('a', '/a', { comment: 'ho' }, { pauseMs: 600 });
    await vi.advanceTimersByTimeAsync(599);
    expect(server.received).toEqual([]);
    expect(state()).toBe('saving');
    queue.flush();
    expect(server.received.map(({ body }) => body['comment'])).toEqual(['ho']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.received).toHaveLength(1);
  });

  it('tells of a newer answer from another device', async () => {
    queue.put('a', '/a', { score: 1 });
    await server.answer(0, Response.json({ score: 5, changedAt: 9000 }));
    expect(stored).toEqual([['a', { score: 5, changedAt: 9000 }, false]]);
  });
});

describe('without connection', () => {
  it('keeps the value, says that it waits, and sends it when the connection is back', async () => {
    queue.put('a', '/a', { score: 4 });
    await server.answer(0, lost);
    expect(statuses.at(-1)).toMatchObject({ state: 'waiting', unsent: 1, entries: { a: { state: 'waiting' } } });
    queue.retryNow();
    await server.answer(1);
    expect(state()).toBe('saved');
    expect(values()).toEqual([4, 4]);
  });

  it('tries again by itself, less and less often', async () => {
    queue.put('a', '/a', { score: 4 });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      await server.answer(attempt, lost);
      let waited = 0;
      while (server.received.length === attempt + 1 && waited < 60_000) {
        await vi.advanceTimersByTimeAsync(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 30_000, 30_000]);
  });

  it('sends the latest value, whatever was on its way when the connection went', async () => {
    queue.put('a', '/a', { score: 1 });
    queue.put('a', '/a', { score: 2 });
    await server.answer(0, lost);
    await vi.advanceTimersByTimeAsync(1000);
    expect(values()).toEqual([1, 2]);
  });

  it('does not call a reply that broke off "saved"', async () => {
    queue.put('a', '/a', { score: 1 });
    await server.answer(0, new Response('{"score":1,"chan', { status: 200 }));
    expect(state()).toBe('waiting');
  });

  it('sends everything that waited as soon as one value got through', async () => {
    queue.put('a', '/a', { score: 1 });
    queue.put('b', '/b', { score: 2 });
    await server.answer(0, lost);
    await server.answer(1, lost);
    queue.put('c', '/c', { score: 3 });
    await server.answer(2);
    expect(values()).toEqual([1, 2, 3, 1, 2]);
  });
});

describe('a refusal', () => {
  it('is shown with the server’s words, is not tried again, and goes with a new value', async () => {
    queue.put('a', '/a', { score: 6 });
    await server.answer(0, refusal(400, 'Deze waarde hoort niet bij de schaal.'));
    expect(statuses.at(-1)).toMatchObject({
      ...{ state: 'failed', unsent: 1 },
      entries: { a: { state: 'failed', message: 'Deze waarde hoort niet bij de schaal.' } },
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.received).toHaveLength(1);
    queue.put('a', '/a', { score: 5 });
    await server.answer(1);
    expect(state()).toBe('saved');
  });

  it('because the server has a problem is shown and tried again', async () => {
    queue.put('a', '/a', { score: 4 });
    await server.answer(0, refusal(507, 'De server heeft geen ruimte meer.'));
    expect(statuses.at(-1)).toMatchObject({
      state: 'failed',
      entries: { a: { message: 'De server heeft geen ruimte meer.' } },
    });
    await vi.advanceTimersByTimeAsync(1000);
    await server.answer(1);
    expect(state()).toBe('saved');
  });

  it('by something on the way to the server, or of a request that came in halves, is tried again', async () => {
    queue.put('a', '/a', { score: 4 });
    for (const [index, status] of [400, 403].entries()) {
      await server.answer(index, new Response('<html>', { status }));
      expect(state()).toBe('failed');
      await vi.advanceTimersByTimeAsync(10_000);
    }
    await server.answer(2);
    expect(state()).toBe('saved');
  });

  it('without a text gets one', async () => {
    queue.put('a', '/a', { score: 4 });
    await server.answer(0, new Response('<html>', { status: 502 }));
    expect(statuses.at(-1)?.entries['a']?.message).toBe('dat kan niet');
  });
});

describe('before leaving a page', () => {
  it('waits until everything is stored, typing included', async () => {
    queue.put('a', '/a', { comment: 'x' }, { pauseMs: 600 });
    const outcome = queue.settle(5000);
    await server.answer(0);
    expect(await outcome).toBe('done');
    expect(await queue.settle(5000)).toBe('done');
  });

  it('does not wait for ever, nor for a connection that is not there', async () => {
    queue.put('a', '/a', { score: 4 });
    const slow = queue.settle(5000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await slow).toBe('waiting');
    const gone = queue.settle(5000);
    await server.answer(0, lost);
    expect(await gone).toBe('waiting');
  });

  it('tells apart what was refused for good, and lets go of it', async () => {
    queue.put('a', '/a', { score: 6 });
    await server.answer(0, refusal(409, 'Al verzonden.'));
    expect(await queue.settle(5000)).toBe('refused');
    queue.forgetRefused();
    expect(state()).toBe('saved');
    expect(queue.unsent('a')).toBeNull();
  });
});

describe('what is kept when the page closes', () => {
  const kept = new Map<string, { value: object; changedAt: number }>();
  beforeEach(() => {
    kept.clear();
    queue = makeQueue({
      put: async (key, entry) => void kept.set(key, entry),
      drop: (key, changedAt) => {
        if ((kept.get(key)?.changedAt ?? 0) <= changedAt) kept.delete(key);
      },
    });
  });

  it('is every value from the moment it is given until the server has it', async () => {
    queue.put('a', '/a', { score: 4 });
    expect(kept.get('a')).toMatchObject({ value: { score: 4 }, changedAt: 1000 });
    await server.answer(0, lost);
    expect(kept.has('a')).toBe(true);
    queue.retryNow();
    await server.answer(1);
    expect(kept.has('a')).toBe(false);
  });

  it('goes when the server has something newer', async () => {
    queue.put('a', '/a', { score: 4 });
    await server.answer(0, Response.json({ score: 2, changedAt: 9000 }));
    expect(kept.has('a')).toBe(false);
    expect(stored).toEqual([['a', { score: 2, changedAt: 9000 }, false]]);
  });

  it('stays when something newer was given while it was under way', async () => {
    queue.put('a', '/a', { score: 4 });
    queue.put('a', '/a', { score: 5 });
    await server.answer(0);
    expect(kept.get('a')).toMatchObject({ value: { score: 5 } });
    await server.answer(1);
    expect(kept.has('a')).toBe(false);
  });

  it('stays when it is refused, until the reader lets it go', async () => {
    queue.put('a', '/a', { score: 4 });
    await server.answer(0, refusal(409, 'gesloten'));
    expect(queue.refused).toEqual(['a']);
    expect(kept.has('a')).toBe(true);
    queue.forgetRefused();
    expect(kept.has('a')).toBe(false);
  });

  it('is sent at the next visit with the time at which it was given', async () => {
    queue.restore('a', '/a', { score: 4 }, 700);
    expect(server.received[0]).toMatchObject({ path: '/a', body: { score: 4, changedAt: 700 } });
    expect(queue.unsent('a')).toEqual({ score: 4 });
    await server.answer(0);
    expect(state()).toBe('saved');
  });

  it('does not take the place of what was given since', () => {
    queue.put('a', '/a', { score: 5 });
    queue.restore('a', '/a', { score: 1 }, 700);
    expect(values()).toEqual([5]);
    expect(queue.unsent('a')).toEqual({ score: 5 });
  });
});
